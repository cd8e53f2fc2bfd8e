/** How captions are reviewed, and which reasons people choose from when they skip, flag or give back a task. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";

import { changeProject, type Project } from "../api/projects";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";

import { NumberField } from "../ui/NumberField";
import { SettingsCard } from "./SettingsCard";

const LISTS = ["skip_reasons", "flag_reasons", "release_reasons"] as const;

export function ReviewSettingsCard({ project }: { readonly project: Project }) {
  const [levels, setLevels] = useState(project.review_levels);
  const [levelNames, setLevelNames] = useState(project.review_level_names);
  const names = Array.from({ length: levels }, (_, index) => levelNames[index] ?? "");
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(LISTS.map((name) => [name, project[name].join("\n")])),
  );
  const save = useMutation({
    mutationFn: () =>
      changeProject(project.slug, {
        review_levels: levels,
        review_level_names: names.map((name) => name.trim()),
        ...Object.fromEntries(LISTS.map((name) => [name, lines(texts[name] ?? "")])),
      }),
  });
  const id = useId();
  return (
    <SettingsCard title={t("settings.review")} save={save}>
      <div className="field-grid">
        <NumberField
          label={t("launch.levels")}
          hint={t("settings.levelsHint")}
          value={levels}
          {...BOUNDS.PatchedChangedProjectRequest.review_levels}
          onChange={setLevels}
        />
        {names.map((name, index) => (
          <div className="field" key={index}>
            <label htmlFor={`${id}-level-${index}`}>{t("settings.levelName", { level: index + 1 })}</label>
            <input
              id={`${id}-level-${index}`}
              value={name}
              {...BOUNDS.PatchedChangedProjectRequest.review_level_names.each}
              placeholder={t("review.levelNumber", { level: index + 1 })}
              onChange={({ target }) => setLevelNames(names.with(index, target.value))}
            />
          </div>
        ))}
      </div>
      <p className="muted small">{t("settings.reasons")}</p>
      <div className="field-grid">
        {LISTS.map((name) => (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{t(`settings.${name}`)}</label>
            <textarea
              id={`${id}-${name}`}
              rows={5}
              value={texts[name]}
              onChange={({ target }) => setTexts((old) => ({ ...old, [name]: target.value }))}
            />
          </div>
        ))}
      </div>
    </SettingsCard>
  );
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
