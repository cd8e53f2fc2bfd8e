/** What a project asks of its annotators beyond the guidelines. */
import { useMutation } from "@tanstack/react-query";

import { changeProject, type Project } from "../api/projects";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

const RULES = ["asks_for_concepts", "blur_faces"] as const;

export function AnnotatingRules({ project }: { readonly project: Project }) {
  const change = useMutation({
    mutationFn: (changes: Partial<Record<(typeof RULES)[number], boolean>>) =>
      changeProject(project.slug, changes),
  });
  return (
    <section className="card stack">
      <h2>{t("rules.title")}</h2>
      {RULES.map((rule) => (
        <label key={rule} className="check">
          <input
            type="checkbox"
            checked={project[rule]}
            disabled={change.isPending}
            onChange={({ target }) => change.mutate({ [rule]: target.checked })}
          />
          <span>
            {t(`rules.${rule}`)} <span className="hint">{t(`rules.${rule}.hint`)}</span>
          </span>
        </label>
      ))}
      {change.isError && <Trouble error={change.error} />}
    </section>
  );
}
