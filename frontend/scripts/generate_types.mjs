/** Writes src/api/schema.d.ts from an OpenAPI document: `npm run types [-- PATH] [--check]` (by default ../var/openapi.json). */
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import openapiTypescript, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";

const OUTPUT = new URL("../src/api/schema.d.ts", import.meta.url);
const names = process.argv.slice(2);
const check = names.includes("--check");
const source = names.find((name) => !name.startsWith("--")) ?? "../var/openapi.json";

const nodes = await openapiTypescript(pathToFileURL(source), { alphabetize: true });
const header =
  "/** The API's types, generated from its OpenAPI document by `npm run types`. Not to be edited. */\n\n";
const options = await resolveConfig(OUTPUT);
const text = await format(header + astToString(nodes), { ...options, parser: "typescript" });

if (!check) {
  await writeFile(OUTPUT, text);
} else if (text !== (await readFile(OUTPUT, "utf8"))) {
  console.error("src/api/schema.d.ts is not what the OpenAPI document says. Run `npm run types`.");
  process.exitCode = 1;
}
