/** `/practice/<slug>`: pictures to practise on with immediate feedback, before the real ones. */
import "../ui/styles/desk.css";
import "./practice.css";

import { useState } from "react";
import { Link } from "wouter";

import { notePractised } from "../api/guidelines";
import { useLessons } from "../api/lessons";
import { useProject } from "../api/projects";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { showToast } from "../ui/toasts";
import { messageOf, Trouble } from "../ui/Trouble";

import { builtInLessons } from "./built_in";
import { practisable } from "./own_lessons";
import { PracticeTask } from "./PracticeTask";

export default function PracticePage({ slug }: { readonly slug: string }) {
  const project = useProject(slug);
  const own = useLessons(slug);
  const [at, setAt] = useState(0);
  const lessons =
    own.data === undefined || own.data.length === 0 ? builtInLessons() : own.data.map(practisable);
  const language = own.data === undefined || own.data.length === 0 ? "en" : project.data?.language;
  const lesson = lessons[at];
  const next = (): void => {
    setAt(at + 1);
    if (at === lessons.length - 1) {
      notePractised(slug).catch((error: unknown) => showToast(messageOf(error)));
    }
  };
  const error = project.error ?? own.error;
  if (project.data === undefined || own.data === undefined) {
    return (
      <Page title={t("practice.title")}>
        {error === null ? <Skeleton heights={[320]} /> : <Trouble error={error} />}
      </Page>
    );
  }
  const round = project.data.current_round;
  return (
    <Page title={t("practice.title")} parents={[{ href: `/projects/${slug}`, text: project.data.name }]}>
      {lesson !== undefined ? (
        <PracticeTask
          key={at}
          name={slug}
          lesson={lesson}
          language={language ?? "en"}
          at={at}
          all={lessons.length}
          onNext={next}
        />
      ) : (
        <section className="card stack">
          <h2 className="large">{t("practice.done")}</h2>
          <p>{t("practice.doneText")}</p>
          <div className="row">
            {round?.state === "open" && (
              <Link href={`/annotate/${round.id}`} className="button primary">
                {t("practice.begin")}
              </Link>
            )}
            <Link href={`/projects/${slug}/guidelines`} className="button">
              {t("guidelines.title")}
            </Link>
            <button type="button" onClick={() => setAt(0)}>
              {t("practice.again")}
            </button>
          </div>
        </section>
      )}
    </Page>
  );
}
