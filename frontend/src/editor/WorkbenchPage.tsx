/** `/annotate/<round>`: fetches the round and its project, then opens the workbench. */
import { useGuidelines } from "../api/guidelines";
import { useProject } from "../api/projects";
import { useRound } from "../api/rounds";
import type { User } from "../api/session";
import { isNews } from "../guidelines/news";
import { guidelines } from "../guidelines/commands";
import { CommandButton } from "../keys/CommandButton";
import { help } from "../keys/commands";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { openPanel } from "./actions";
import { myWork } from "./commands";
import type { Panel } from "./state";
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
  const onPanel = (panel: Panel): void => bench.edit(openPanel(panel));
  return (
    <Page
      title={title}
      parents={[{ href: `/projects/${project.data.slug}`, text: project.data.name }]}
      full
      tools={
        <>
          <CommandButton command={myWork} context={{ bench }} look="quiet" />
          <CommandButton command={guidelines} context={{ onPanel }} look="quiet" />
          <GuidelinesNews slug={project.data.slug} />
          <CommandButton command={help} context={{ onPanel }} look="quiet" />
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
