/** `/sign-in`: every way in. `/sign-in/<secret>`: a button, because opening the address alone must not use the link up. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Redirect, useLocation, useSearchParams } from "wouter";

import { signInByLink, waitingFactors } from "../api/account";
import { useSession } from "../api/session";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { ProviderButton } from "./ProviderButton";
import { SignInForm } from "./SignInForm";

export default function SignInPage({ secret }: { readonly secret: string | undefined }) {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const next = localPath(search.get("next"));
  const enter = (): void => navigate(next, { replace: true });
  return (
    <Page title={t("signIn.title")} narrow>
      <div className="card">
        <h2 className="large">{t("signIn.title")}</h2>
        {search.has("error") && (
          <p className="note bad" role="alert">
            {t(search.get("error") === "signup_closed" ? "signIn.notLinked" : "signIn.providerFailed")}
          </p>
        )}
        {secret === undefined ? (
          <WaysIn next={next} onDone={enter} />
        ) : (
          <LinkButton secret={secret} onDone={enter} />
        )}
      </div>
    </Page>
  );
}

interface Props {
  readonly onDone: () => void;
}

/** Whoever comes back from another site's sign-in is in already, or has only the second factor left to show. */
function WaysIn({ next, onDone }: Props & { readonly next: string }) {
  const session = useSession();
  const waiting = useQuery({
    queryKey: ["account", "waiting"],
    queryFn: async () => (await waitingFactors()) ?? null,
    staleTime: 0,
    gcTime: 0,
  });
  if (session.isPending || waiting.isPending) return <Skeleton heights={[60, 60]} />;
  if (session.data?.user) return <Redirect to={next} replace />;
  return (
    <>
      <ProviderButton next={next} />
      <SignInForm waiting={waiting.data ?? undefined} onDone={onDone} />
    </>
  );
}

function LinkButton({ secret, onDone }: Props & { readonly secret: string }) {
  const [factors, setFactors] = useState<readonly string[]>();
  const attempt = useMutation({
    mutationFn: signInByLink,
    onSuccess: (outcome) => {
      if ("session" in outcome) onDone();
      else setFactors(outcome.factors);
    },
  });
  const button = useRef<HTMLButtonElement>(null);
  // There is one thing to do here: Enter does it.
  useEffect(() => button.current?.focus(), []);
  if (factors !== undefined) return <SignInForm waiting={factors} onDone={onDone} />;
  return (
    <>
      <p>{t("signIn.ready")}</p>
      {attempt.isError && <Trouble error={attempt.error} />}
      <div>
        <button
          ref={button}
          type="button"
          className="primary"
          disabled={attempt.isPending}
          onClick={() => attempt.mutate(secret)}
        >
          {t("signIn.button")}
        </button>
      </div>
      <p className="muted small">{t("signIn.how")}</p>
    </>
  );
}

/** Where to go after signing in: a path of this site, never another one. */
function localPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}
