/** The numbers of a launch: annotators, review, the control group, checks, how long a task is held, the order. */
import { useId } from "react";

import { BOUNDS, DEFAULTS } from "../api/request_options";
import { t } from "../i18n/translate";
import { levelLabel } from "../review/level_label";

import type { LaunchSettings } from "./launch_settings";
import { inPercent, NumberField } from "../ui/NumberField";

const ORDERS = ["imported", "random", "expected_edit"] as const;

interface Props {
  readonly settings: LaunchSettings;
  readonly number: number;
  readonly set: (change: Partial<LaunchSettings>) => void;
}

export function LaunchFields({ settings, number, set }: Props) {
  const orderId = useId();
  return (
    <div className="field-grid">
      <NumberField
        label={t("launch.annotators")}
        hint={t("launch.annotatorsHint")}
        value={settings.annotators_per_image}
        {...BOUNDS.NewRoundRequest.annotators_per_image}
        onChange={(annotators_per_image) => set({ annotators_per_image })}
      />
      <NumberField
        label={t("launch.review")}
        hint={t("launch.reviewHint")}
        value={Math.round(settings.review_share * 100)}
        {...inPercent(BOUNDS.NewRoundRequest.review_share)}
        onChange={(share) => set({ review_share: share / 100 })}
      />
      <NumberField
        label={t("launch.levels")}
        hint={levelsHint(settings)}
        value={settings.review_levels}
        {...BOUNDS.NewRoundRequest.review_levels}
        onChange={(review_levels) => set({ review_levels })}
      />
      {number > 1 && (
        <NumberField
          label={t("launch.checks")}
          hint={t("launch.checksHint")}
          value={Math.round(settings.check_share * 100)}
          {...inPercent(BOUNDS.NewRoundRequest.check_share)}
          onChange={(share) => set({ check_share: share / 100 })}
        />
      )}
      {settings.starting_text === "draft" && (
        <NumberField
          label={t("launch.control")}
          hint={t("launch.controlHint")}
          value={Math.round(settings.control_share * 100)}
          {...inPercent(BOUNDS.NewRoundRequest.control_share)}
          onChange={(share) => set({ control_share: share / 100 })}
        />
      )}
      <NumberField
        label={t("launch.lease")}
        hint={t("launch.leaseHint")}
        value={settings.lease_minutes}
        {...BOUNDS.NewRoundRequest.lease_minutes}
        onChange={(lease_minutes) => set({ lease_minutes })}
      />
      <div className="field">
        <label htmlFor={orderId}>{t("launch.order")}</label>
        <select
          id={orderId}
          value={settings.order}
          onChange={({ target }) =>
            set({ order: ORDERS.find((each) => each === target.value) ?? DEFAULTS.NewRoundRequest.order })
          }
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(`order.${order}`)}
            </option>
          ))}
        </select>
      </div>
      <NumberField
        label={t("launch.seed")}
        hint={t("launch.seedHint")}
        value={settings.seed}
        {...BOUNDS.NewRoundRequest.seed}
        onChange={(seed) => set({ seed })}
      />
    </div>
  );
}

/** Who accepts a caption after whom, where the project says it. */
function levelsHint({ review_levels: levels, review_level_names: names }: LaunchSettings): string {
  if (names.every((name) => name === "")) return t("launch.levelsHint");
  const labels = Array.from({ length: levels }, (_, index) => levelLabel(index + 1, names[index] ?? ""));
  return t("launch.levelsNamed", { names: labels.join(" → ") });
}
