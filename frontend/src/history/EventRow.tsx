/** One line of the audit log; who and what lead to their own lines. */
import type { AuditEvent, EventFilter } from "../api/events";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";

import { changesOf } from "./changes";

interface Props {
  readonly event: AuditEvent;
  readonly onNarrow: (changes: Partial<EventFilter>) => void;
}

export function EventRow({ event, onNarrow }: Props) {
  const { actor, verb, object_type: type, object_id: id } = event;
  return (
    <tr>
      <td>
        {moment(event.at)} {event.imported && <span className="badge">{t("history.imported")}</span>}
      </td>
      <td>
        {actor === null ? (
          t("history.system")
        ) : (
          <button type="button" className="link" onClick={() => onNarrow({ actor })}>
            {actor}
          </button>
        )}
      </td>
      <th scope="row">
        <button type="button" className="link" onClick={() => onNarrow({ verb })}>
          {verb}
        </button>
      </th>
      <td>
        <button
          type="button"
          className="link"
          onClick={() => onNarrow({ object_type: type, object_id: id, actor: "", verb: "" })}
        >
          {type} {id}
        </button>
      </td>
      <td>
        {changesOf(event.before, event.after).map(({ name, before, after }) => (
          <div key={name}>
            {name}: {before !== undefined && <del>{before}</del>} {before !== undefined && "→ "}
            {after !== undefined && <ins>{after}</ins>}
          </div>
        ))}
      </td>
    </tr>
  );
}
