/** Who is signed in, light or dark, and the way out. */
import { useId, useState } from "react";
import { Link, useLocation } from "wouter";

import { signOut, useSession } from "../api/session";
import { t } from "../i18n/translate";

import { chosenTheme, chooseTheme, type Theme } from "./theme";
import { showToast } from "./toasts";
import { messageOf } from "./Trouble";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function SessionMenu() {
  const { data } = useSession();
  const [theme, setTheme] = useState(chosenTheme);
  const [, navigate] = useLocation();
  const id = useId();
  const user = data?.user ?? null;

  const leave = async (): Promise<void> => {
    try {
      await signOut();
      navigate("/sign-in");
    } catch (error) {
      showToast(messageOf(error));
    }
  };

  return (
    <>
      <button type="button" className="quiet" popoverTarget={id}>
        {user === null ? t("menu.settings") : user.name || user.username}
      </button>
      <div popover="auto" id={id} className="menu">
        <label className="field">
          <span className="label">{t("menu.theme")}</span>
          <select
            value={theme}
            onChange={({ target }) => {
              const chosen = THEMES.find((each) => each === target.value) ?? "system";
              chooseTheme(chosen);
              setTheme(chosen);
            }}
          >
            {THEMES.map((each) => (
              <option key={each} value={each}>
                {t(`theme.${each}`)}
              </option>
            ))}
          </select>
        </label>
        {user !== null && <Link href="/account">{t("menu.account")}</Link>}
        {user?.is_owner === true && <Link href="/people">{t("menu.people")}</Link>}
        {user !== null && (
          <button type="button" onClick={() => void leave()}>
            {t("menu.signOut")}
          </button>
        )}
      </div>
    </>
  );
}
