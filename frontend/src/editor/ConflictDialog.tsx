/**
 * Two texts of one task: this screen's, and one that another tab or device wrote. Both are shown beside the picture; the person
 * takes one, or makes one of both.
 */
import { useEffect, useId, useRef, useState } from "react";

import { t } from "../i18n/translate";
import { pressMainButton } from "../ui/main_button";
import { MergeTexts } from "../text/MergeTexts";
import { useStore } from "../ui/store";

import { choose, keepMine, takeOther } from "./actions";
import type { Bench } from "./bench";
import type { Taken } from "../text/merge";
import { focusCaption } from "./focus";

export function ConflictDialog({ bench }: { readonly bench: Bench }) {
  const other = useStore(bench.state, (state) => state.other);
  return other === null ? null : <Choice key={other.text} bench={bench} other={other.text} />;
}

function Choice({ bench, other }: { readonly bench: Bench; readonly other: string }) {
  const mine = useStore(bench.state, (state) => state.text);
  const [{ taken, text }, setMerge] = useState<{ taken: Taken; text: string }>({
    taken: new Set(),
    text: mine,
  });
  const place = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => {
    place.current?.focus();
    return focusCaption;
  }, []);
  return (
    // There is no way past it, and the picture beside it stays to be looked at. The key presses the main button, which is one.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={place}
      className="words"
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={pressMainButton}
    >
      <h2 id={id} className="large">
        {t("conflict.title")}
      </h2>
      <p>{t("conflict.about")}</p>
      <div className="two-texts">
        <Text title={t("conflict.mine")} text={mine} language={bench.language}>
          <button type="button" className="primary" onClick={() => bench.edit(keepMine)}>
            {t("conflict.keepMine")}
          </button>
        </Text>
        <Text title={t("conflict.other")} text={other} language={bench.language}>
          <button type="button" onClick={() => bench.edit(takeOther)}>
            {t("conflict.takeOther")}
          </button>
        </Text>
      </div>
      <section className="card">
        <h3>{t("conflict.merge")}</h3>
        <p className="muted small">{t("conflict.mergeHint")}</p>
        <MergeTexts
          before={mine}
          after={other}
          language={bench.language}
          taken={taken}
          onChange={(next, made) => setMerge({ taken: next, text: made })}
        />
        <button type="button" disabled={text.trim() === ""} onClick={() => bench.edit(choose(text))}>
          {t("conflict.takeMerged")}
        </button>
      </section>
    </section>
  );
}

interface TextProps {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly children: React.ReactNode;
}

function Text({ title, text, language, children }: TextProps) {
  return (
    <section className="card">
      <h3>{title}</h3>
      <p className="difference" dir="auto" lang={language}>
        {text}
      </p>
      {children}
    </section>
  );
}
