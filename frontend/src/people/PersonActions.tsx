/** What an owner does about a person's access. What cannot be taken back is asked once more. */
import { useState } from "react";

import {
  type Person,
  useChangePerson,
  useEndSessions,
  useMakeSignInLink,
  useResetSecondFactor,
} from "../api/people";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { OwnLink } from "../ui/Secret";
import { showToast } from "../ui/toasts";
import { Trouble } from "../ui/Trouble";

type Asked = "deactivate" | "endSessions" | "resetFactor";

export function PersonActions({ person }: { readonly person: Person }) {
  const { username: name, is_active: isActive } = person;
  const change = useChangePerson(name);
  const end = useEndSessions(name);
  const reset = useResetSecondFactor(name);
  const link = useMakeSignInLink(name);
  const [asked, setAsked] = useState<Asked | null>(null);

  const doIt = (what: Asked): void => {
    const onSuccess = () => showToast(t(`everybody.done.${what}`, { name }));
    if (what === "deactivate") change.mutate(false, { onSuccess });
    else if (what === "endSessions") end.mutate(undefined, { onSuccess });
    else reset.mutate(undefined, { onSuccess });
    setAsked(null);
  };

  if (!isActive) {
    return (
      <>
        <button type="button" disabled={change.isPending} onClick={() => change.mutate(true)}>
          {t("everybody.activate")}
        </button>
        {change.isError && <Trouble error={change.error} />}
      </>
    );
  }
  const choices: readonly Asked[] =
    person.second_factors > 0 ? ["deactivate", "endSessions", "resetFactor"] : ["deactivate", "endSessions"];
  return (
    <>
      {choices.map((what) => (
        <button
          key={what}
          type="button"
          aria-label={t(`everybody.${what}Named`, { name })}
          onClick={() => setAsked(what)}
        >
          {t(`everybody.${what}`)}
        </button>
      ))}
      <button
        type="button"
        aria-label={t("everybody.linkNamed", { name })}
        disabled={link.isPending}
        onClick={() => link.mutate()}
      >
        {t("everybody.link")}
      </button>
      {link.isSuccess && (
        <p className="note" role="status">
          {t("people.link", { name })} <OwnLink path={link.data.link} />
        </p>
      )}
      {[change, end, reset, link].map(
        (mutation, place) => mutation.isError && <Trouble key={place} error={mutation.error} />,
      )}
      {asked !== null && (
        <Dialog title={t(`everybody.${asked}Named`, { name })} onClose={() => setAsked(null)}>
          <p>{t(`everybody.${asked}Hint`)}</p>
          <div className="dialog-actions">
            <button type="button" onClick={() => setAsked(null)}>
              {t("action.cancel")}
            </button>
            <button type="button" className="primary" onClick={() => doIt(asked)}>
              {t(`everybody.${asked}`)}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
