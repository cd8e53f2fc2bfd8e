/** `/people`: everybody who has an account on this site, for its owners: who they are, and ending their access. */
import { useId } from "react";
import { useSearchParams } from "wouter";

import { usePeople } from "../api/people";
import { BOUNDS } from "../api/request_options";
import type { User } from "../api/session";
import { t } from "../i18n/translate";
import { MoreButton } from "../ui/MoreButton";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { PersonRow } from "./PersonRow";

export default function PeoplePage({ user }: { readonly user: User }) {
  const [search, setSearch] = useSearchParams();
  const part = search.get("search") ?? "";
  const people = usePeople(part);
  const rows = people.data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <Page title={t("everybody.title")}>
      <SearchForm
        key={part}
        part={part}
        onSearch={(text) => setSearch(text === "" ? {} : { search: text })}
      />
      {people.isPending && <Skeleton heights={[60, 60, 60]} />}
      {people.isError && <Trouble error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && rows.length === 0 && <p className="note">{t("everybody.none")}</p>}
      {rows.length > 0 && (
        <div className="card scroll-x">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("people.name")}</th>
                <th scope="col">{t("everybody.roles")}</th>
                <th scope="col">{t("everybody.waysIn")}</th>
                <th scope="col">{t("everybody.lastSignIn")}</th>
                <th scope="col">{t("people.state")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((person) => (
                <PersonRow key={person.username} person={person} isSelf={person.username === user.username} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={people}>{t("history.more")}</MoreButton>
    </Page>
  );
}

interface SearchProps {
  readonly part: string;
  readonly onSearch: (part: string) => void;
}

function SearchForm({ part, onSearch }: SearchProps) {
  const id = useId();
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget).get("search");
        onSearch(typeof given === "string" ? given.trim() : "");
      }}
    >
      <label htmlFor={id}>{t("everybody.search")}</label>
      <input
        id={id}
        name="search"
        type="search"
        defaultValue={part}
        {...BOUNDS.InviteRequest.username}
        spellCheck={false}
      />
      <button type="submit">{t("history.filter")}</button>
    </form>
  );
}
