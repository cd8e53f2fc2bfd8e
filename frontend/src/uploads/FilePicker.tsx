/** Choosing what to bring in: files, a folder, or dropping either here. Many files become one upload. */
import "./uploads.css";

import { useEffect, useEffectEvent, useState } from "react";

import { bytes } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { chosen, dropped, hasFiles } from "./picking";
import { isHidden, type Picked, type Source, sourceOf } from "./source";

interface Props {
  /** What the button says that sends them. */
  readonly label: string;
  readonly disabled?: boolean;
  readonly onSend: (source: Source) => void;
}

interface Choice {
  readonly count: number;
  readonly hidden: number;
  readonly source: Source | null;
}

export function FilePicker({ label, disabled = false, onSend }: Props) {
  const [choice, setChoice] = useState<Choice | null>(null);
  const [looked, setLooked] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [isOver, setIsOver] = useState(false);

  const take = (all: readonly Picked[]): void => {
    const picked = all.filter((one) => !isHidden(one));
    setTrouble(null);
    setChoice({ count: picked.length, hidden: all.length - picked.length, source: sourceOf(picked) });
  };
  const drop = async (data: DataTransfer): Promise<void> => {
    setLooked(0);
    try {
      take(await dropped(data, setLooked));
    } catch (error) {
      setTrouble(error);
    }
    setLooked(null);
  };
  const onDrop = useEffectEvent((data: DataTransfer) => void drop(data));

  // Anywhere on the page: a browser that is not told otherwise leaves the page and shows what was dropped beside the field.
  useEffect(() => {
    const leave = () => setIsOver(false);
    const over = (event: DragEvent) => {
      if (event.dataTransfer === null || !hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const land = (event: DragEvent) => {
      if (event.dataTransfer === null || !hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      setIsOver(false);
      onDrop(event.dataTransfer);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", land);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", land);
    };
  }, []);

  return (
    <div className="stack">
      <div className={isOver ? "drop-zone over" : "drop-zone"} role="group" aria-label={t("imports.files")}>
        <p>{t("imports.drop")}</p>
        <div className="row">
          <label className="button">
            {t("imports.chooseFiles")}
            <input
              type="file"
              className="visually-hidden"
              multiple
              onChange={({ target }) => take(chosen(target.files))}
            />
          </label>
          <label className="button">
            {t("imports.chooseFolder")}
            <input
              type="file"
              className="visually-hidden"
              ref={(input) => {
                if (input !== null) input.webkitdirectory = true;
              }}
              onChange={({ target }) => take(chosen(target.files))}
            />
          </label>
        </div>
        {looked !== null && (
          <p className="small muted" role="status">
            {t("imports.looking", { count: looked })}
          </p>
        )}
      </div>
      {trouble !== null && <Trouble error={trouble} />}
      {choice !== null && (
        <div className="row">
          <span role="status">{told(choice)}</span>
          {choice.hidden > 0 && (
            <span className="muted small">{t("imports.hidden", { count: choice.hidden })}</span>
          )}
          {choice.source !== null && (
            <button
              type="button"
              className="primary"
              disabled={disabled}
              onClick={() => choice.source !== null && onSend(choice.source)}
            >
              {label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function told({ count, source }: Choice): string {
  if (source === null) return t("imports.noFile");
  return t(source instanceof File ? "imports.chosenFile" : "imports.chosenFiles", {
    count,
    name: source.name,
    size: bytes(source.size),
  });
}
