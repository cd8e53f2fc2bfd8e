/** `/projects/<slug>/history`: who did what to which object when, and what changed. Filters are part of the address. */
import { useId } from "react";
import { useSearchParams } from "wouter";

import { type EventFilter, useEvents } from "../api/events";
import { useProject } from "../api/projects";
import { t } from "../i18n/translate";
import { MoreButton } from "../ui/MoreButton";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { EventRow } from "./EventRow";

const FILTERS = ["actor", "object_type", "object_id", "verb"] as const;

export default function HistoryPage({ slug }: { readonly slug: string }) {
  const project = useProject(slug);
  const [search, setSearch] = useSearchParams();
  const filter = Object.fromEntries(
    FILTERS.map((name) => [name, search.get(name) ?? ""]),
  ) as unknown as EventFilter;
  const events = useEvents(slug, filter);
  const rows = events.data?.pages.flatMap(({ results }) => results) ?? [];
  const narrow = (changes: Partial<EventFilter>) =>
    setSearch(Object.entries({ ...filter, ...changes }).filter(([, value]) => value !== ""));
  return (
    <Page
      title={t("history.title")}
      parents={[{ href: `/projects/${slug}`, text: project.data?.name ?? slug }]}
    >
      <FilterForm key={search.toString()} filter={filter} onFilter={narrow} />
      {events.isPending && <Skeleton heights={[60, 60, 60]} />}
      {events.isError && <Trouble error={events.error} onRetry={() => void events.refetch()} />}
      {events.isSuccess && rows.length === 0 && <p className="note">{t("history.none")}</p>}
      {rows.length > 0 && (
        <div className="card scroll-x">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("history.when")}</th>
                <th scope="col">{t("history.who")}</th>
                <th scope="col">{t("history.what")}</th>
                <th scope="col">{t("history.object")}</th>
                <th scope="col">{t("history.changes")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((event) => (
                <EventRow key={event.id} event={event} onNarrow={narrow} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={events}>{t("history.more")}</MoreButton>
    </Page>
  );
}

interface FilterProps {
  readonly filter: EventFilter;
  readonly onFilter: (changes: Partial<EventFilter>) => void;
}

function FilterForm({ filter, onFilter }: FilterProps) {
  const id = useId();
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        onFilter(Object.fromEntries(FILTERS.map((name) => [name, textOf(given.get(name))])));
      }}
    >
      {FILTERS.map((name) => (
        <span key={name} className="row">
          <label htmlFor={`${id}-${name}`}>{t(`history.filter.${name}`)}</label>
          <input id={`${id}-${name}`} name={name} defaultValue={filter[name]} size={14} spellCheck={false} />
        </span>
      ))}
      <button type="submit">{t("history.filter")}</button>
      {FILTERS.some((name) => filter[name] !== "") && (
        <button
          type="button"
          onClick={() => onFilter({ actor: "", object_type: "", object_id: "", verb: "" })}
        >
          {t("history.all")}
        </button>
      )}
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value.trim() : "";
}
