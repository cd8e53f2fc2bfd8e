/** Writing a new version of the guidelines: Markdown on one side, how it will look on the other, pictures by dropping them in. */
import { useMutation } from "@tanstack/react-query";
import { useId, useRef } from "react";

import { changeGuidelines, type Guidelines, keepPicture } from "../api/guidelines";
import { Problem } from "../api/problem";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";
import { Difference } from "../text/Difference";
import { useKept } from "../ui/kept";
import { Trouble } from "../ui/Trouble";

import { GuidelinesText } from "./GuidelinesText";

interface Props {
  readonly slug: string;
  readonly guidelines: Guidelines;
  readonly onDone: () => void;
}

interface Written {
  readonly text: string;
  readonly note: string;
  /** The version that it was written over. */
  readonly over: number;
}

/** What is being written, kept in this browser until it is saved or discarded. */
export function useGuidelinesWritten(slug: string, { text, version }: Guidelines) {
  return useKept<Written>(`guidelines.${slug}`, { text, note: "", over: version });
}

export function GuidelinesEditor({ slug, guidelines, onDone }: Props) {
  const [written, setWritten, forget] = useGuidelinesWritten(slug, guidelines);
  const { text, note, over } = written;
  const change = (part: Partial<Written>): void => setWritten({ ...written, ...part });
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const save = useMutation({
    mutationFn: () => changeGuidelines(slug, text, note, over),
    onSuccess: () => {
      forget();
      onDone();
    },
  });
  const add = useMutation({
    mutationFn: (picture: File) => keepPicture(slug, picture),
    // What was typed while it was sent stays.
    onSuccess: (address, { name }) => insert(`![${name}](${address})`),
  });
  const insert = (words: string): void => {
    const at = field.current?.selectionEnd ?? text.length;
    change({ text: `${text.slice(0, at)}\n\n${words}\n\n${text.slice(at)}` });
  };
  const theirs = newerText(save.error);

  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t("guidelines.text")}</label>
        <textarea
          id={id}
          ref={field}
          rows={16}
          dir="auto"
          spellCheck
          {...BOUNDS.ChangedGuidelinesRequest.text}
          value={text}
          onChange={({ target }) => change({ text: target.value })}
        />
        <span className="hint">{t("guidelines.textHint")}</span>
      </div>
      <div className="row">
        <label className="button">
          {t("guidelines.addPicture")}
          <input
            type="file"
            className="visually-hidden"
            accept="image/*"
            onChange={({ target }) => target.files?.[0] && add.mutate(target.files[0])}
          />
        </label>
        {(["good", "bad"] as const).map((kind) => (
          <button key={kind} type="button" onClick={() => insert(`> [!${kind.toUpperCase()}]\n> …`)}>
            {t(`guidelines.${kind}`)}
          </button>
        ))}
      </div>
      {add.isError && <Trouble error={add.error} />}
      <div className="field">
        <label htmlFor={`${id}-note`}>{t("guidelines.note")}</label>
        <input
          id={`${id}-note`}
          {...BOUNDS.ChangedGuidelinesRequest.note}
          value={note}
          onChange={({ target }) => change({ note: target.value })}
        />
      </div>
      {save.isError && <Trouble error={save.error} />}
      {theirs !== null && (
        <section className="stack">
          <h3>{t("guidelines.theirs")}</h3>
          <Difference before={text} after={theirs.text} />
          <button
            type="button"
            onClick={() => {
              change({ over: theirs.version });
              save.reset();
            }}
          >
            {t("guidelines.goOn")}
          </button>
        </section>
      )}
      <details open>
        <summary>{t("guidelines.preview")}</summary>
        <GuidelinesText text={text} before={null} />
      </details>
      <div className="dialog-actions">
        <button
          type="button"
          onClick={() => {
            forget();
            onDone();
          }}
        >
          {t("guidelines.discard")}
        </button>
        <button type="button" onClick={onDone}>
          {t("guidelines.later")}
        </button>
        <button type="submit" className="primary" disabled={text === guidelines.text || save.isPending}>
          {t("guidelines.save")}
        </button>
      </div>
    </form>
  );
}

/** The version that somebody else made while this one was being written. */
function newerText(error: unknown): { text: string; version: number } | null {
  return error instanceof Problem && error.is("newer-text-saved") ? error.extra : null;
}
