/**
 * The interface's words. A translation is a file beside catalogues/en.json with the same keys; what it lacks is shown in
 * English. `{name}` stands for a value; a message with forms for one and many is an object with plural categories.
 */
import english from "./catalogues/en.json";

export type Catalogue = Readonly<Record<string, string | Readonly<Record<string, string>>>>;
export type MessageKey = keyof typeof english;
export type Values = Readonly<Record<string, string | number>>;

const loaders = import.meta.glob<Catalogue>(["./catalogues/*.json", "!./catalogues/en.json"], {
  import: "default",
});

let language = "en";
let catalogue: Catalogue = english;

/** Every language that has a catalogue. */
export const LANGUAGES: readonly string[] = ["en", ...Object.keys(loaders).map(languageOf)];

/** The message in the current language. `count` chooses the plural form. */
export function t(key: MessageKey, values: Values = {}): string {
  return formatMessage(catalogue[key] ?? english[key], language, values);
}

export function formatMessage(message: Catalogue[string], locale: string, values: Values): string {
  return chooseForm(message, locale, values).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? value.toLocaleString(locale) : value;
  });
}

/** Chooses the person's language: the one asked for, else the first of the browser's that there is a catalogue for. */
export async function loadLanguage(asked: string | null, preferred: readonly string[]): Promise<void> {
  const wanted = [...(asked === null ? [] : [asked]), ...preferred].map((name) => name.split("-")[0] ?? name);
  const found = wanted.find((name) => LANGUAGES.includes(name)) ?? "en";
  const load = loaders[`./catalogues/${found}.json`];
  catalogue = load === undefined ? english : await load();
  language = found;
  document.documentElement.lang = found;
}

export function currentLanguage(): string {
  return language;
}

function chooseForm(message: Catalogue[string], locale: string, values: Values): string {
  if (typeof message === "string") return message;
  const count = typeof values.count === "number" ? values.count : 0;
  return message[new Intl.PluralRules(locale).select(count)] ?? message.other ?? "";
}

function languageOf(path: string): string {
  return path.replace("./catalogues/", "").replace(".json", "");
}
