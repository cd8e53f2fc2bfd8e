/** The rounds as a line: from the alt-texts through every round and the captioner that learned from it. */
import { useState } from "react";
import { Link } from "wouter";

import type { Project } from "../api/projects";
import { type Round, useUndoLaunch } from "../api/rounds";
import type { Run } from "../api/runs";
import { duration, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { CloseDialog } from "./CloseDialog";
import { InviteDialog } from "./InviteDialog";
import { roundProgress } from "./progress";

interface Props {
  readonly project: Project;
  readonly rounds: readonly Round[];
  readonly runs: readonly Run[];
}

export function RoundLine({ project, rounds, runs }: Props) {
  return (
    <ol className="round-line" aria-label={t("rounds.title")}>
      <li className="card">
        <h2>{t("rounds.altTexts")}</h2>
        <p className="muted">{t("rounds.images", { count: project.image_count })}</p>
        <p className="muted small">{t("rounds.heldOut", { count: project.eval_count })}</p>
      </li>
      {rounds.map((round) => (
        <RoundCard
          key={round.id}
          round={round}
          role={project.role}
          run={runs.find((run) => run.through_round === round.number) ?? null}
        />
      ))}
    </ol>
  );
}

interface RoundCardProps {
  readonly round: Round;
  readonly role: Project["role"];
  readonly run: Run | null;
}

function RoundCard({ round, role, run }: RoundCardProps) {
  const [closing, setClosing] = useState(false);
  const [inviting, setInviting] = useState(false);
  const undo = useUndoLaunch(round.project);
  const { done, cancelled, total, secondsLeft } = roundProgress(round);
  const { counts, state, captions_last_hour: perHour } = round;
  return (
    <li className="card">
      <div className="card-head">
        <h2>{t("round.name", { number: round.number })}</h2>
        <span className={state === "open" ? "badge busy" : "badge"}>{t(`roundState.${state}`)}</span>
      </div>
      <p className="muted small">{t("rounds.from", { source: t(`starting.${round.starting_text}`) })}</p>
      <div>
        <progress max={Math.max(total, 1)} value={done} aria-label={t("rounds.progress")} />
        <p className="small">
          {t("rounds.done", { done, total })}
          {cancelled > 0 && ` · ${t("rounds.cancelled", { count: cancelled })}`}
          {state === "open" && perHour > 0 && ` · ${t("rounds.pace", { perHour })}`}
          {state === "open" &&
            secondsLeft !== null &&
            ` · ${t("rounds.left", { time: duration(secondsLeft) })}`}
        </p>
      </div>
      <dl className="facts small">
        {(["accepted", "submitted", "returned", "claimed", "pending", "skipped", "cancelled"] as const)
          .filter((name) => counts[name] > 0)
          .map((name) => (
            <div key={name}>
              <dt>{t(`taskState.${name}`)}</dt>
              <dd>{number(counts[name])}</dd>
            </div>
          ))}
      </dl>
      {run !== null && (
        <p className="small">
          <a href={`#run-${run.id}`}>{run.name}</a>{" "}
          <span className="muted">
            {t(`runState.${run.state}`)}
            {run.draft_count > 0 && ` · ${t("runs.drafts", { count: run.draft_count })}`}
          </span>
        </p>
      )}
      {role === "admin" && counts.submitted + counts.accepted + counts.returned > 0 && (
        <p className="small">
          <Link href={`/projects/${round.project}/rounds/${round.number}`}>{t("report.link")}</Link>
        </p>
      )}
      {state === "open" && (
        <div className="row">
          <Link href={`/annotate/${round.id}`} className="button">
            {t("next.annotate")}
          </Link>
          {role !== "annotator" && (
            <Link href={`/review/${round.id}`} className="button">
              {t("next.review")}
            </Link>
          )}
          {role !== "annotator" && round.annotators_per_image > 1 && (
            <Link href={`/adjudicate/${round.id}`} className="button">
              {t("next.adjudicate")}
            </Link>
          )}
          {role === "admin" && (
            <button type="button" onClick={() => setInviting(true)}>
              {t("people.inviteSome")}
            </button>
          )}
          {role === "admin" && (
            <button type="button" onClick={() => setClosing(true)}>
              {t("close.button")}
            </button>
          )}
          {role === "admin" && counts.submitted + counts.accepted + counts.returned === 0 && (
            <button type="button" disabled={undo.isPending} onClick={() => undo.mutate(round.id)}>
              {t("launch.undo")}
            </button>
          )}
        </div>
      )}
      {undo.isError && <Trouble error={undo.error} />}
      {inviting && <InviteDialog project={round.project} onClose={() => setInviting(false)} />}
      {closing && <CloseDialog round={round} onClose={() => setClosing(false)} />}
    </li>
  );
}
