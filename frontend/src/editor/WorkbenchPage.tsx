/** `/annotate/<round>`: fetches the round and its project, then opens the workbench. */
import { useGuidelines } from "../api/guidelines";
import { useProject } from "../api/projects";
import { useRound } from "../api/rounds";
import type { User } from "../api/session";
import { isNews } from "../guidelines/news";
import { Keys } from "../keys/Keys";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { openPanel } from "./actions";
import { useBench } from "./useBench";
import { Workbench } from "./Workbench";

interface Props {
  readonly round: number;
  readonly user: User;
}

export default function WorkbenchPage({ round, user }: Props) {
  const roundQuery = useRound(round);
  const project = useProject(roundQuery.data?.project);
  const error = roundQuery.error ?? project.error;
  const bench = useBench(user.id, round, project.data?.language ?? null);
  const title = roundQuery.data === undefined ? "" : t("round.name", { number: roundQuery.data.number });

  if (bench === null || project.data === undefined) {
    return (
      <Page title={title}>
        {error === null ? <Skeleton heights={[320, 80, 80]} /> : <Trouble error={error} />}
      </Page>
    );
  }
  return (
    <Page
      title={title}
      parents={[{ href: `/projects/${project.data.slug}`, text: project.data.name }]}
      full
      tools={
        <>
          <PanelButton bench={bench} panel="my-work" />
          <PanelButton bench={bench} panel="guidelines" />
          <GuidelinesNews slug={project.data.slug} />
          <PanelButton bench={bench} panel="help" />
        </>
      }
    >
      <Workbench bench={bench} user={user.id} round={round} project={project.data} />
    </Page>
  );
}

/** Says beside their button that the guidelines have changed. */
function GuidelinesNews({ slug }: { readonly slug: string }) {
  const { data } = useGuidelines(slug);
  return data !== undefined && isNews(data) ? (
    <span className="badge busy">{t("guidelines.news")}</span>
  ) : null;
}

interface PanelButtonProps {
  readonly bench: NonNullable<ReturnType<typeof useBench>>;
  readonly panel: "help" | "guidelines" | "my-work";
}

function PanelButton({ bench, panel }: PanelButtonProps) {
  const command = panel === "my-work" ? "myWork" : panel;
  return (
    <button type="button" className="quiet" onClick={() => bench.edit(openPanel(panel))}>
      {t(`key.${command}`)} <Keys command={command} />
    </button>
  );
}
