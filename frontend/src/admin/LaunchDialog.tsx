/** Launching a round: what annotators start from, and how the work is shared out. */
import { useId, useState } from "react";

import type { Project } from "../api/projects";
import { type NewRound, useLaunchRound, usePreviewRound } from "../api/rounds";
import type { Run } from "../api/runs";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Trouble } from "../ui/Trouble";

import { LaunchPreview } from "./LaunchPreview";
import { NumberField } from "./NumberField";
import { draftingRun } from "./progress";
import { StartingTextChoice } from "./StartingTextChoice";

interface Props {
  readonly project: Project;
  readonly number: number;
  readonly runs: readonly Run[];
  readonly onClose: () => void;
}

const ORDERS = ["imported", "random", "expected_edit"] as const;

export function LaunchDialog({ project, number, runs, onClose }: Props) {
  const drafting = draftingRun(runs);
  const [settings, setSettings] = useState<Omit<NewRound, "project" | "number">>({
    starting_text: number === 1 ? "alt_text" : drafting === null ? "previous_caption" : "draft",
    annotators_per_image: 1,
    review_share: 0.1,
    lease_minutes: 30,
    own_previous_allowed: false,
    order: "imported",
    control_share: 0,
    seed: 0,
    images: { unconverged_only: false },
  });
  const orderId = useId();
  const launch = useLaunchRound(project.slug);
  const preview = usePreviewRound();
  const body: NewRound = { ...settings, project: project.slug, number };
  const set = (change: Partial<typeof settings>): void => setSettings((old) => ({ ...old, ...change }));
  return (
    <Dialog title={t("launch.title", { number })} onClose={onClose}>
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
          <div className="field">
            <label htmlFor={orderId}>{t("launch.order")}</label>
            <select
              id={orderId}
              value={settings.order}
              onChange={({ target }) =>
                set({ order: ORDERS.find((each) => each === target.value) ?? "imported" })
              }
            >
              {ORDERS.map((order) => (
                <option key={order} value={order}>
                  {t(`order.${order}`)}
                </option>
              ))}
            </select>
          </div>
          {settings.starting_text === "draft" && (
            <NumberField
              label={t("launch.control")}
              hint={t("launch.controlHint")}
              value={Math.round(settings.control_share * 100)}
              min={0}
              max={100}
              onChange={(share) => set({ control_share: share / 100 })}
            />
          )}
        </div>
        {number > 1 && (
          <label className="row">
            <input
              type="checkbox"
              checked={settings.images?.unconverged_only === true}
              onChange={({ target }) => set({ images: { unconverged_only: target.checked } })}
            />
            {t("launch.unconverged")}
          </label>
        )}
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
        {preview.isError && <Trouble error={preview.error} />}
        {preview.isSuccess && <LaunchPreview preview={preview.data} language={project.language} />}
        {launch.isError && <Trouble error={launch.error} />}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button type="button" disabled={preview.isPending} onClick={() => preview.mutate(body)}>
            {t("preview.button")}
          </button>
          <button type="submit" className="primary" disabled={launch.isPending}>
            {t("launch.confirm", { number })}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
