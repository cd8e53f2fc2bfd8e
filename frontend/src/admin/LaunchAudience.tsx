/** Whom a round is for: every member, people by name, or cohorts with their shares of the images. */
import { useId } from "react";

import { useCohorts } from "../api/cohorts";
import { useMembers } from "../api/members";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";
import { inPercent } from "../ui/NumberField";

import { type Audience, audienceObstacle } from "./launch_settings";

interface Props {
  readonly project: string;
  readonly audience: Audience;
  readonly onChoose: (audience: Audience) => void;
}

export function LaunchAudience({ project, audience, onChoose }: Props) {
  const id = useId();
  const members = useMembers(project);
  const cohorts = useCohorts(project);
  const names = (members.data ?? []).map(({ username }) => username);
  const groups = (cohorts.data ?? []).map(({ name }) => name);
  const obstacle = audienceObstacle(audience);
  const kinds: readonly [Audience, boolean][] = [
    [{ kind: "everybody" }, true],
    [{ kind: "people", names: [] }, names.length > 0],
    [{ kind: "cohorts", percents: evenly(groups) }, groups.length > 0],
  ];
  return (
    <fieldset>
      <legend>{t("launch.who")}</legend>
      <div className="row">
        {kinds.map(([start, possible]) => (
          <label key={start.kind} className="row">
            <input
              type="radio"
              name={id}
              checked={audience.kind === start.kind}
              disabled={!possible}
              onChange={() => onChoose(start)}
            />
            {t(`launch.who.${start.kind}`)}
          </label>
        ))}
      </div>
      {groups.length === 0 && <p className="hint">{t("launch.noCohorts")}</p>}
      {audience.kind === "people" && (
        <div className="row wrap">
          {names.map((name) => (
            <label key={name} className="row">
              <input
                type="checkbox"
                checked={audience.names.includes(name)}
                onChange={({ target }) =>
                  onChoose({
                    kind: "people",
                    names: target.checked
                      ? [...audience.names, name]
                      : audience.names.filter((other) => other !== name),
                  })
                }
              />
              {name}
            </label>
          ))}
        </div>
      )}
      {audience.kind === "cohorts" && (
        <div className="field-grid">
          {groups.map((name) => (
            <div className="field" key={name}>
              <label htmlFor={`${id}-${name}`}>{t("launch.shareOf", { name })}</label>
              <input
                id={`${id}-${name}`}
                type="number"
                {...inPercent(BOUNDS.CohortShareRequest.share)}
                step={1}
                value={audience.percents[name] ?? 0}
                onChange={({ target }) =>
                  onChoose({
                    kind: "cohorts",
                    percents: { ...audience.percents, [name]: target.valueAsNumber || 0 },
                  })
                }
              />
            </div>
          ))}
        </div>
      )}
      {obstacle !== null && <p className="note warn">{t(obstacle)}</p>}
    </fieldset>
  );
}

/** The same whole percents for all, the first ones getting what is left over. */
export function evenly(groups: readonly string[]): Record<string, number> {
  const each = Math.floor(100 / Math.max(groups.length, 1));
  const over = 100 - each * groups.length;
  return Object.fromEntries(groups.map((name, index) => [name, each + (index < over ? 1 : 0)]));
}
