/** Changing what was said when the project was made. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { changeProject, type Project } from "../api/projects";
import { t } from "../i18n/translate";
import { type ProjectBasics, ProjectFields } from "../projects/ProjectFields";

import { SettingsCard } from "./SettingsCard";

export function ProjectSettingsCard({ project }: { readonly project: Project }) {
  const { slug, name, language, caption_limit } = project;
  const [basics, setBasics] = useState<ProjectBasics>({ name, language, caption_limit });
  const save = useMutation({ mutationFn: () => changeProject(slug, basics) });
  return (
    <SettingsCard title={t("settings.project")} save={save}>
      <ProjectFields
        basics={basics}
        onChange={(change) => {
          save.reset();
          setBasics((old) => ({ ...old, ...change }));
        }}
      />
      <p className="muted small">{t("settings.projectHint", { slug })}</p>
    </SettingsCard>
  );
}
