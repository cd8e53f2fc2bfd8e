/** Launching a round: what annotators start from, which images, who, and how the work is shared out. */
import { useState } from "react";

import type { Project } from "../api/projects";
import { useLaunchRound, usePreviewRound } from "../api/rounds";
import type { Run } from "../api/runs";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Trouble } from "../ui/Trouble";

import { asNewRound, audienceObstacle, firstSettings, type LaunchSettings } from "./launch_settings";
import { LaunchAudience } from "./LaunchAudience";
import { LaunchFields } from "./LaunchFields";
import { LaunchImages } from "./LaunchImages";
import { LaunchPreview } from "./LaunchPreview";
import { draftingRun } from "./progress";
import { StartingTextChoice } from "./StartingTextChoice";

interface Props {
  readonly project: Project;
  readonly number: number;
  readonly runs: readonly Run[];
  /** Start with the choice of only those images whose captions still change. */
  readonly unconvergedOnly?: boolean;
  readonly onClose: () => void;
}

export function LaunchDialog({ project, number, runs, unconvergedOnly = false, onClose }: Props) {
  const drafting = draftingRun(runs);
  const [settings, setSettings] = useState(() =>
    firstSettings(project, number, drafting !== null, unconvergedOnly),
  );
  const launch = useLaunchRound(project.slug);
  const preview = usePreviewRound();
  const body = asNewRound(project.slug, number, settings);
  const set = (change: Partial<LaunchSettings>): void => setSettings((old) => ({ ...old, ...change }));
  const incomplete = audienceObstacle(settings.audience) !== null;
  return (
    <Dialog title={t("launch.title", { number })} onClose={onClose} look="wide">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          launch.mutate(body, { onSuccess: onClose });
        }}
      >
        <StartingTextChoice
          value={settings.starting_text}
          number={number}
          drafting={drafting}
          onChoose={(starting_text) => set({ starting_text })}
        />
        <LaunchImages settings={settings} number={number} set={set} />
        <LaunchAudience
          project={project.slug}
          audience={settings.audience}
          onChoose={(audience) => set({ audience })}
        />
        <LaunchFields settings={settings} number={number} set={set} />
        {preview.isError && <Trouble error={preview.error} />}
        {preview.isSuccess && (
          <LaunchPreview preview={preview.data} project={project.slug} language={project.language} />
        )}
        {launch.isError && <Trouble error={launch.error} />}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button
            type="button"
            disabled={preview.isPending || incomplete}
            onClick={() => preview.mutate(body)}
          >
            {t("preview.button")}
          </button>
          <button type="submit" className="primary" disabled={launch.isPending || incomplete}>
            {t("launch.confirm", { number })}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
