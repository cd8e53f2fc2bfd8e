/** Every key of a screen, from the commands that it gives; each can be changed. */
import { type KeyboardEvent, useState } from "react";

import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { useStore } from "../ui/store";

import type { Named, Section } from "./command";
import { clashOf, keyLabel, keyName, keysOf } from "./matching";
import { isMac, ownKeys, setKeys } from "./own_keys";

interface Props {
  readonly commands: readonly Named[];
  readonly onClose: () => void;
}

const SECTIONS: readonly Section[] = ["task", "words", "image", "review", "screen"];

export function KeyHelp({ commands, onClose }: Props) {
  const [changing, setChanging] = useState<string | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const own = useStore(ownKeys, (keys) => keys);

  const isChanging = ({ id }: Named): boolean => changing === id;

  const take = (event: KeyboardEvent, command: Named): void => {
    const name = keyName(event, isMac);
    if (name === null) return;
    event.preventDefault();
    event.stopPropagation();
    setChanging(null);
    if (name === "Escape") return;
    const other = clashOf(command, name, commands, own);
    const key = keyLabel(name, isMac);
    setTaken(other === null ? null : t("help.taken", { key, command: t(other.label) }));
    if (other === null) setKeys(command.id, [name]);
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
          const listed = commands.filter((command) => command.section === section);
          if (listed.length === 0) return null;
          return (
            <section key={section}>
              <h3>{t(`section.${section}`)}</h3>
              <dl>
                {listed.map((command) => (
                  <div key={command.id}>
                    <dt>{t(command.label)}</dt>
                    <dd>
                      <button
                        type="button"
                        className="quiet"
                        onClick={() => setChanging(command.id)}
                        onKeyDown={(event) => isChanging(command) && take(event, command)}
                      >
                        {isChanging(command)
                          ? t("help.press")
                          : keysOf(command, own).map((key) => <kbd key={key}>{keyLabel(key, isMac)}</kbd>)}
                        <span className="visually-hidden">
                          {t("help.change", { command: t(command.label) })}
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
          disabled={commands.every(({ id }) => own[id] === undefined)}
          onClick={() => commands.forEach(({ id }) => setKeys(id, null))}
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
