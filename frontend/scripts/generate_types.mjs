/**
 * Writes what the browser knows of the API from its OpenAPI document: `npm run types [-- PATH] [--check]` (by default
 * ../var/openapi.json). src/api/schema.d.ts has the types, src/api/request_options.ts what a request's fields are if nobody says
 * them, and how far they go.
 */
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import openapiTypescript, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";

import { requestOptions } from "./request_options.mjs";

const API = new URL("../src/api/", import.meta.url);
const names = process.argv.slice(2);
const check = names.includes("--check");
const source = names.find((name) => !name.startsWith("--")) ?? "../var/openapi.json";

const nodes = await openapiTypescript(pathToFileURL(source), { alphabetize: true });
const document = JSON.parse(await readFile(source, "utf8"));
const generated = {
  "schema.d.ts":
    "/** The API's types, generated from its OpenAPI document by `npm run types`. Not to be edited. */\n\n" +
    astToString(nodes),
  "request_options.ts": requestOptions(document),
};

for (const [name, words] of Object.entries(generated)) {
  const output = new URL(name, API);
  const text = await format(words, { ...(await resolveConfig(output)), parser: "typescript" });
  if (!check) {
    await writeFile(output, text);
  } else if (text !== (await readFile(output, "utf8"))) {
    console.error(`src/api/${name} is not what the OpenAPI document says. Run \`npm run types\`.`);
    process.exitCode = 1;
  }
}
