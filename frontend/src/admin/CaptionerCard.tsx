/** By which recipe, and from which weights, the project's next captioner is trained. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import {
  type Base,
  type CaptionerChoice,
  chooseCaptioner,
  type ProjectCaptioner,
  useBases,
  useProjectCaptioner,
} from "../api/captioner";
import { useSession } from "../api/session";
import { t } from "../i18n/translate";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { BasesForm } from "./BasesForm";
import { RecipeChoice } from "./RecipeChoice";
import { SettingsCard } from "./SettingsCard";
import { StartChoice } from "./StartChoice";

export function CaptionerCard({ project }: { readonly project: string }) {
  const captioner = useProjectCaptioner(project);
  const bases = useBases();
  const session = useSession();
  if (captioner.isError) return <Trouble error={captioner.error} onRetry={() => void captioner.refetch()} />;
  if (bases.isError) return <Trouble error={bases.error} onRetry={() => void bases.refetch()} />;
  if (captioner.isPending || bases.isPending) return <Skeleton heights={[60]} />;
  return (
    <>
      <ChoiceCard project={project} captioner={captioner.data} bases={bases.data} />
      {session.data?.user?.is_owner === true && <BasesForm bases={bases.data} />}
    </>
  );
}

interface Props {
  readonly project: string;
  readonly captioner: ProjectCaptioner;
  readonly bases: readonly Base[];
}

function ChoiceCard({ project, captioner, bases }: Props) {
  const { recipe, start, base } = captioner;
  const [choice, setChoice] = useState<Required<CaptionerChoice>>({ recipe, start, base });
  const save = useMutation({ mutationFn: () => chooseCaptioner(project, choice) });
  const change = (part: CaptionerChoice) => {
    save.reset();
    setChoice((old) => ({ ...old, ...part }));
  };
  return (
    <SettingsCard title={t("captioner.title")} save={save}>
      <p className="muted small">{t("captioner.hint")}</p>
      <RecipeChoice
        recipes={captioner.recipes}
        server={captioner.server_recipe}
        value={choice.recipe}
        onChoose={(value) => change({ recipe: value })}
      />
      <StartChoice
        recipe={choice.recipe === "" ? captioner.server_recipe : choice.recipe}
        start={choice.start}
        base={choice.base}
        bases={bases}
        onChange={change}
      />
    </SettingsCard>
  );
}
