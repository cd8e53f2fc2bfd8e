/** src/api/request_options.ts, from the OpenAPI document: defaults and bounds of every request's fields. */
const HEADER = `/**
 * What the fields of requests are if nobody says them, and how far they go: generated from the API's OpenAPI document by
 * \`npm run types\`. Not to be edited.
 */
import type { Schemas } from "./client";
`;
const BOUNDS = { minimum: "min", maximum: "max", maxLength: "maxLength" };

export function requestOptions({ components }) {
  const requests = Object.entries(components.schemas).filter(([name]) => name.endsWith("Request"));
  const defaults = withFields(requests, (field) => ("default" in field ? [field.default] : []));
  const bounds = withFields(requests, (field) => {
    const found = boundsOf(field);
    return Object.keys(found).length > 0 ? [found] : [];
  });
  const types = Object.entries(defaults).map(([name, fields]) => {
    const keys = Object.keys(fields).map((key) => JSON.stringify(key));
    return `readonly ${name}: Readonly<Pick<Schemas["${name}"], ${keys.join(" | ")}>>;`;
  });
  return `${HEADER}
export const DEFAULTS: { ${types.join("\n")} } = ${JSON.stringify(defaults)};

export const BOUNDS = ${JSON.stringify(bounds)} as const;
`;
}

/** By request and field, both in the order of their names; `found` gives a list of what is to be told, or an empty one. */
function withFields(requests, found) {
  const told = requests.map(([name, { properties = {} }]) => [
    name,
    Object.fromEntries(
      Object.entries(properties)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([key, field]) => found(field).map((value) => [key, value])),
    ),
  ]);
  return Object.fromEntries(told.filter(([, fields]) => Object.keys(fields).length > 0).sort());
}

/** The attributes of an input; `each` are those of a list's elements. */
function boundsOf(field) {
  const own = Object.entries(BOUNDS).flatMap(([word, attribute]) =>
    // An id may be as large as the database has it: no number of the browser's.
    word in field && Math.abs(field[word]) <= Number.MAX_SAFE_INTEGER ? [[attribute, field[word]]] : [],
  );
  const each = field.items === undefined ? {} : boundsOf(field.items);
  return { ...Object.fromEntries(own), ...(Object.keys(each).length > 0 ? { each } : {}) };
}
