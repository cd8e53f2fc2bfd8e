/**
 * Two texts of one task: this screen's, and one that another tab or device wrote. Both are shown; the person takes one, or
 * makes one of both.
 */
import { useState } from "react";

import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { MergeTexts } from "../ui/MergeTexts";
import { useStore } from "../ui/store";

import { choose, keepMine, takeOther } from "./actions";
import type { Bench } from "./bench";
import type { Taken } from "./merge";

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
  return (
    // There is no way past it: Escape leaves the question standing.
    <Dialog title={t("conflict.title")} onClose={() => undefined} look="wide">
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
    </Dialog>
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
