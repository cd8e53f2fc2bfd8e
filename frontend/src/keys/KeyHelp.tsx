/** Every key of a screen, from the table that drives them; each can be changed. */
import { type KeyboardEvent, useState } from "react";

import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { useStore } from "../ui/store";

import { isMac, ownKeys, setKeys } from "./own_keys";
import { clashOf, COMMANDS, type CommandId, keyLabel, keyName, keysOf, type Section } from "./table";

interface Props {
  readonly commands: readonly CommandId[];
  readonly onClose: () => void;
}

const SECTIONS: readonly Section[] = ["task", "words", "image", "review", "screen"];

export function KeyHelp({ commands, onClose }: Props) {
  const [changing, setChanging] = useState<CommandId | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const own = useStore(ownKeys, (keys) => keys);

  const take = (event: KeyboardEvent, id: CommandId): void => {
    const name = keyName(event, isMac);
    if (name === null) return;
    event.preventDefault();
    event.stopPropagation();
    setChanging(null);
    if (name === "Escape") return;
    const other = clashOf(id, name, commands, own);
    const key = keyLabel(name, isMac);
    setTaken(other === null ? null : t("help.taken", { key, command: t(COMMANDS[other].label) }));
    if (other === null) setKeys(id, [name]);
  };

  return (
    <Dialog title={t("help.title")} onClose={onClose} look="wide">
      <p className="muted">{t("help.about")}</p>
      {taken !== null && (
        <p className="note warn" role="alert">
          {taken}
        </p>
      )}
      <div className="key-help">
        {SECTIONS.map((section) => {
          const ids = commands.filter((id) => COMMANDS[id].section === section);
          if (ids.length === 0) return null;
          return (
            <section key={section}>
              <h3>{t(`section.${section}`)}</h3>
              <dl>
                {ids.map((id) => (
                  <div key={id}>
                    <dt>{t(COMMANDS[id].label)}</dt>
                    <dd>
                      <button
                        type="button"
                        className="quiet"
                        onClick={() => setChanging(id)}
                        onKeyDown={(event) => changing === id && take(event, id)}
                      >
                        {changing === id
                          ? t("help.press")
                          : keysOf(id, own).map((key) => <kbd key={key}>{keyLabel(key, isMac)}</kbd>)}
                        <span className="visually-hidden">
                          {t("help.change", { command: t(COMMANDS[id].label) })}
                        </span>
                      </button>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <div className="dialog-actions">
        <button
          type="button"
          disabled={Object.keys(own).length === 0}
          onClick={() => commands.forEach((id) => setKeys(id, null))}
        >
          {t("help.reset")}
        </button>
        <button type="button" className="primary" onClick={onClose}>
          {t("action.close")}
        </button>
      </div>
    </Dialog>
  );
}
