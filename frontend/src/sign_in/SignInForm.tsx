/** Every way in: name and password, a passkey, a pasted link; then, where the account has one, the second factor. Also used
 * over the workbench when a session has run out. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import type { Session } from "../api/session";
import { Trouble } from "../ui/Trouble";

import { LinkForm } from "./LinkForm";
import { PasskeyButton } from "./PasskeyButton";
import { PasswordForm } from "./PasswordForm";
import { SecondFactorForm } from "./SecondFactorForm";
import type { Attempt } from "./step";

interface Props {
  readonly onDone: (session: Session) => void;
  /** Second factors that a sign-in waits for already. */
  readonly waiting?: readonly string[] | undefined;
}

export function SignInForm({ onDone, waiting }: Props) {
  const [factors, setFactors] = useState(waiting);
  const attempt = useMutation({
    mutationFn: (one: Attempt) => one(),
    onSuccess: (outcome) => {
      if ("session" in outcome) onDone(outcome.session);
      else setFactors(outcome.factors);
    },
  });
  const given = { onAttempt: attempt.mutate, busy: attempt.isPending };
  return (
    <div className="stack">
      {factors === undefined ? (
        <>
          <PasswordForm {...given} />
          <PasskeyButton {...given} />
          <LinkForm {...given} />
        </>
      ) : (
        <SecondFactorForm {...given} factors={factors} />
      )}
      {attempt.isError && <Trouble error={attempt.error} />}
    </div>
  );
}
