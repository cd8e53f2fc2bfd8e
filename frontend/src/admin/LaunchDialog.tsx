/** Launching a round: what annotators start from, and how the work is shared out. */
import { useId, useState } from "react";

import type { Project } from "../api/projects";
import { type NewRound, useLaunchRound } from "../api/rounds";
import type { Run } from "../api/runs";
import type { StartingText } from "../api/tasks";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Trouble } from "../ui/Trouble";

import { NumberField } from "./NumberField";
import { draftingRun } from "./progress";

interface Props {
  readonly project: Project;
  readonly number: number;
  readonly runs: readonly Run[];
  readonly onClose: () => void;
}

export function LaunchDialog({ project, number, runs, onClose }: Props) {
  const drafting = draftingRun(runs);
  const [settings, setSettings] = useState<Omit<NewRound, "project" | "number">>({
    starting_text: number === 1 ? "alt_text" : drafting === null ? "previous_caption" : "draft",
    annotators_per_image: 1,
    review_share: 0.1,
    lease_minutes: 30,
    own_previous_allowed: false,
    images: { sources: [], domains: [], unconverged_only: false, sample: null },
    order: "imported",
    control_share: 0,
    seed: 0,
  });
  const launch = useLaunchRound(project.slug);
  const set = (change: Partial<typeof settings>): void => setSettings((old) => ({ ...old, ...change }));
  return (
    <Dialog title={t("launch.title", { number })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          launch.mutate({ ...settings, project: project.slug, number }, { onSuccess: onClose });
        }}
      >
        <StartingTextChoice
          value={settings.starting_text}
          number={number}
          drafting={drafting}
          onChoose={(starting_text) => set({ starting_text })}
        />
        <div className="field-grid">
          <NumberField
            label={t("launch.annotators")}
            hint={t("launch.annotatorsHint")}
            value={settings.annotators_per_image}
            min={1}
            max={5}
            onChange={(annotators_per_image) => set({ annotators_per_image })}
          />
          <NumberField
            label={t("launch.review")}
            hint={t("launch.reviewHint")}
            value={Math.round(settings.review_share * 100)}
            min={0}
            max={100}
            onChange={(share) => set({ review_share: share / 100 })}
          />
          <NumberField
            label={t("launch.lease")}
            hint={t("launch.leaseHint")}
            value={settings.lease_minutes}
            min={1}
            max={1440}
            onChange={(lease_minutes) => set({ lease_minutes })}
          />
        </div>
        {number > 1 && (
          <label className="row">
            <input
              type="checkbox"
              checked={settings.own_previous_allowed}
              onChange={({ target }) => set({ own_previous_allowed: target.checked })}
            />
            {t("launch.own")}
          </label>
        )}
        {launch.isError && <Trouble error={launch.error} />}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button type="submit" className="primary" disabled={launch.isPending}>
            {t("launch.confirm", { number })}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly value: StartingText;
  readonly number: number;
  readonly drafting: Run | null;
  readonly onChoose: (value: StartingText) => void;
}

/** A choice that cannot be made says why. */
function StartingTextChoice({ value, number, drafting, onChoose }: ChoiceProps) {
  const id = useId();
  const obstacle: Record<StartingText, string | null> = {
    alt_text: null,
    previous_caption: number === 1 ? t("launch.noPrevious") : null,
    draft: drafting === null ? t("launch.noDrafts") : null,
  };
  return (
    <fieldset>
      <legend>{t("launch.startingText")}</legend>
      {(["alt_text", "previous_caption", "draft"] as const).map((kind) => {
        const why = obstacle[kind];
        return (
          <div key={kind} className={why === null ? "choice" : "choice off"}>
            <input
              type="radio"
              id={`${id}-${kind}`}
              name={id}
              aria-describedby={`${id}-${kind}-hint`}
              checked={value === kind}
              disabled={why !== null}
              onChange={() => onChoose(kind)}
            />
            <label htmlFor={`${id}-${kind}`}>
              {t(`starting.${kind}`)}
              {kind === "draft" && drafting !== null && <span className="muted"> {drafting.name}</span>}
            </label>
            <span />
            <span className="hint" id={`${id}-${kind}-hint`}>
              {why ?? t(`launch.${kind}`)}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}
