/** `/projects/<slug>/practice`: an admin chooses the project's own practice pictures; `?image=7` adds one. */
import "./practice.css";

import { useState } from "react";
import { Link, useSearchParams } from "wouter";

import { useImage } from "../api/images";
import { type OwnLesson, useChangeLessons, useLessons } from "../api/lessons";
import { type Project, useProject } from "../api/projects";
import { t } from "../i18n/translate";
import { useKept } from "../ui/kept";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { judge } from "./judge";
import { LessonForm } from "./LessonForm";
import { practisable } from "./own_lessons";

export default function LessonsPage({ slug }: { readonly slug: string }) {
  const [search] = useSearchParams();
  const project = useProject(slug);
  const lessons = useLessons(slug);
  const added = useAdded(search.get("image"));
  const error = project.error ?? lessons.error ?? added.error;
  return (
    <Page
      title={t("lessons.title")}
      parents={[{ href: `/projects/${slug}`, text: project.data?.name ?? slug }]}
    >
      <p className="muted">{t("lessons.about")}</p>
      {error !== null && <Trouble error={error} />}
      {project.data === undefined || lessons.data === undefined || added.isPending ? (
        error === null && <Skeleton heights={[320]} />
      ) : (
        <LessonsForm project={project.data} saved={lessons.data} added={added.lesson} />
      )}
    </Page>
  );
}

/** The image that was chosen on its own page, with its alt-text to start from. */
function useAdded(id: string | null) {
  const image = useImage(id === null ? undefined : Number(id));
  const { data } = image;
  const lesson: OwnLesson | null =
    data === undefined
      ? null
      : {
          image: data.id,
          image_url: data.url,
          starting_text: data.alt_texts[0] ?? "",
          about: "",
          has: [],
          lacks: [],
          example: "",
        };
  return { isPending: id !== null && image.isPending, error: image.error, lesson };
}

interface FormProps {
  readonly project: Project;
  readonly saved: readonly OwnLesson[];
  readonly added: OwnLesson | null;
}

function LessonsForm({ project, saved, added }: FormProps) {
  const [kept, setLessons, forget] = useKept<readonly OwnLesson[]>(`lessons.${project.slug}`, saved);
  const [isRemoved, setIsRemoved] = useState(false);
  const isNew = added !== null && !isRemoved && kept.every(({ image }) => image !== added.image);
  const lessons = isNew ? [...kept, added] : kept;
  const change = useChangeLessons(project.slug);
  const canSave = lessons.every((lesson) => isComplete(lesson, project.language));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(
          lessons.map(({ image_url: _, ...lesson }) => lesson),
          { onSuccess: forget },
        );
      }}
    >
      {lessons.length === 0 && <p className="note">{t("lessons.none")}</p>}
      {lessons.map((lesson, at) => (
        <LessonForm
          key={lesson.image}
          lesson={lesson}
          language={project.language}
          at={at}
          onChange={(changes) =>
            setLessons(lessons.map((each) => (each.image === lesson.image ? { ...each, ...changes } : each)))
          }
          onRemove={() => {
            if (lesson.image === added?.image) setIsRemoved(true);
            setLessons(lessons.filter(({ image }) => image !== lesson.image));
          }}
        />
      ))}
      {change.isError && <Trouble error={change.error} />}
      <div className="row">
        <Link href={`/projects/${project.slug}/images`} className="button">
          {t("lessons.choose")}
        </Link>
        <button
          type="submit"
          className="primary"
          disabled={!canSave || change.isPending || (lessons.length === 0 && saved.length === 0)}
        >
          {t("settings.save")}
        </button>
        {change.isSuccess && <span role="status">{t("settings.saved")}</span>}
        <Link href={`/practice/${project.slug}`}>{t("lessons.try")}</Link>
      </div>
    </form>
  );
}

/** Something is to be done, and the good caption has done it. */
function isComplete(own: OwnLesson, language: string): boolean {
  const lesson = practisable(own);
  return (
    judge(lesson, own.example, language).every(({ met }) => met) &&
    judge(lesson, own.starting_text, language).some(({ met }) => !met)
  );
}
