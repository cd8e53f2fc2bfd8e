"""Many people at work for a long time, on the production server command: latency, what was lost or doubled, and what grows.

    .venv/bin/python -m bench.soak [--people 200] [--minutes 30] [--json]

Annotators work as at the workbench (see bench/load/annotator.py): half of them signed in as browsers are, half with a token;
15 to 40 seconds a caption, by a clock that slow answers do not slow down; a save at each pause; three tasks held; some skip,
flag, undo, take a break, or lose an answer and send again. Two reviewers decide, an admin watches and exports half-way. They
run on the same machine as the server. A line a minute, then a table by fifths of the time, then one line of JSON.

A refusal that people meet in their work is no error: undoing what a reviewer was faster with, deciding what another reviewer
decided. `unexpected` counts every other answer that is neither an error of the server's nor what was asked for.
"""

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from bench.annotator_loop import percentiles
from bench.load.connection import NO_ANSWER, Call
from bench.server import Served, started

if TYPE_CHECKING:
    from bench.load.crew import Crew
    from bench.load.growth import Sample

SAMPLE_SECONDS = 5.0
TELL_SECONDS = 60.0
PARTS = 5
REFUSALS_OF_WORK = {("undo", 409), ("review", 409)}
GOING_HOME_SECONDS = 90.0


def run(*, people: int, minutes: float) -> dict[str, Any]:
    """Everything, told while it goes on."""
    with started(with_worker=True) as served:
        from bench.load.crew import make_crew
        from bench.load.kept import compare

        crew = make_crew(url=served.url, people=people, minutes=minutes)
        set_up = len(crew.tally.calls)
        cpu_before, own_before, began = _cpu_seconds(served), _own_cpu_seconds(), time.perf_counter()
        samples = watch(served, crew, began=began, seconds=minutes * 60)
        cpu, own = _cpu_seconds(served) - cpu_before, _own_cpu_seconds() - own_before
        kept = compare(round_id=crew.shift.round_id, ledger=crew.ledger)
        calls = crew.tally.calls[set_up:]
    seconds = time.perf_counter() - began
    # All go home in the same second, which nobody waits for.
    timed = [call for call in calls if call.began < began + minutes * 60]
    fifths = parts(timed, samples, began=began, seconds=minutes * 60)
    print(table(timed, fifths))
    for problem, times in Counter(crew.tally.problems).most_common(10):
        print(f"{times:>6} × {problem}")
    return {
        "people": people,
        "minutes": minutes,
        "captions_per_s": kept["captions"] / seconds,
        **headline(timed),
        "requests_per_s": len(calls) / seconds,
        "server_errors": sum(call.status >= 500 or call.status == NO_ANSWER for call in calls),
        "unexpected": sum(map(is_unexpected, calls)),
        **kept,
        "exported_rows": crew.admin.exported_rows,
        "most_behind_s": max(annotator.most_behind for annotator in crew.annotators),
        **{f"{name}_growth": fifths[-1][name] - fifths[0][name] for name in fifths[0]},
        "cpu_ms_per_caption": 1_000 * cpu / kept["captions"],
        "clients_cpu_share": own / seconds,
    }


def watch(served: Served, crew: "Crew", *, began: float, seconds: float) -> "list[Sample]":
    """Start everybody, take samples until the time is over, and see them go home."""
    from bench.load.growth import take_sample

    for thread in crew.everybody:
        thread.start()
    samples, told = [], began
    while (now := time.perf_counter()) < began + seconds:
        samples.append(take_sample(served))
        if now >= began + seconds / 2:
            crew.shift.export_at.set()
        if now - told >= TELL_SECONDS:
            print(progress(crew, samples[-1], began=began, since=told), flush=True)
            told = now
        time.sleep(min(SAMPLE_SECONDS, max(0.0, began + seconds - time.perf_counter())))
    crew.shift.over.set()
    for thread in crew.everybody:
        thread.join(GOING_HOME_SECONDS)
    assert not any(thread.is_alive() for thread in crew.everybody), "somebody still waits for an answer"
    return samples


def progress(crew: "Crew", sample: "Sample", *, began: float, since: float) -> str:
    """One line about the last minute."""
    calls = [call for call in list(crew.tally.calls) if call.began >= since]
    figures = headline(calls)
    return (
        f"{(time.perf_counter() - began) / 60:5.1f} min: {len(crew.ledger.acknowledged):,} captions, "
        f"claim p95 {figures['p95_claim_ms']:.0f} ms, submit p95 {figures['p95_submit_ms']:.0f} ms, "
        f"{len(calls):,} requests, {sum(map(is_unexpected, calls))} unexpected; "
        f"web {sample.web_rss_mb:.0f} MB, Postgres {sample.postgres_private_mb:.0f} MB, {sample.connections} connections"
    )


def is_unexpected(call: Call) -> bool:
    """Neither done nor a refusal that belongs to the work."""
    return not 200 <= call.status < 300 and (call.kind, call.status) not in REFUSALS_OF_WORK


def headline(calls: list[Call]) -> dict[str, float]:
    """Percentiles of claims and submissions in ms; 0 where there were hardly any."""
    figures: dict[str, float] = {}
    for kind in ("claim", "submit", "save"):
        taken = [call.took for call in calls if call.kind == kind]
        found = percentiles(taken * 2 or [0.0, 0.0])  # A single one has percentiles, too.
        figures |= {f"{name}_{kind}_ms": value for name, value in found.items()}
    return figures


def parts(
    calls: list[Call], samples: "list[Sample]", *, began: float, seconds: float
) -> list[dict[str, float]]:
    """The figures of each fifth of the time."""
    from bench.load.growth import typical

    found = []
    for part in range(PARTS):
        start, end = (began + seconds * (part + more) / PARTS for more in (0, 1))
        figures = headline([call for call in calls if start <= call.began < end])
        memory = typical([sample for sample in samples if start <= sample.at < end])
        latency = {
            name: figures[name] for name in ("p50_claim_ms", "p95_claim_ms", "p50_submit_ms", "p95_submit_ms")
        }
        found.append(latency | memory)
    return found


def table(calls: list[Call], fifths: list[dict[str, float]]) -> str:
    """For people."""
    lines = [f"{'':24}{'calls':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}  statuses"]
    by_kind: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_kind[call.kind].append(call)
    for kind, given in sorted(by_kind.items(), key=lambda one: -len(one[1])):
        cuts = percentiles([call.took for call in given] * 2)  # A single one has percentiles, too.
        figures = "".join(f"{value:>9.1f}" for value in cuts.values())
        statuses = Counter(call.status or "no answer" for call in given)
        told = ", ".join(f"{status}: {times:,}" for status, times in statuses.most_common())
        lines.append(f"{kind:24}{len(given):>9,}{figures}  {told}")
    lines.append(f"{'by fifths of the time':24}")
    lines += [f"{name:24}" + "".join(f"{part[name]:>9.1f}" for part in fifths) for name in fifths[0]]
    return "\n".join(lines)


def _cpu_seconds(served: Served) -> float:
    """Of the web server and Postgres, with all that the people do beside captioning."""
    return sum(served.cpu_seconds().values())


def _own_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=30.0)
    options = parser.parse_args()
    figures = run(people=options.people, minutes=options.minutes)
    short = {name: round(value, 3) if isinstance(value, float) else value for name, value in figures.items()}
    print(json.dumps(short) if options.json else json.dumps(short, indent=1))


if __name__ == "__main__":
    main()
