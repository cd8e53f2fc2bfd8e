/** Who may import whom: a folder imports those below it, none of its own level and none above; and nothing goes in a circle. */
const LEVELS = [
  ["admin"],
  ["practice", "review"],
  ["archives", "editor"],
  ["imports", "sign_in", "stage"],
  ["account", "guidelines", "history", "images", "people", "projects", "uploads", "webhooks"],
  ["keys"],
  ["jobs", "ui"],
  ["api", "text"],
  ["i18n"],
];
const inside = (folders) => `^src/(${folders.join("|")})/`;
const layers = LEVELS.flatMap((level, at) =>
  level.map((folder) => ({
    name: `${folder}-imports-what-is-below`,
    severity: "error",
    from: { path: inside([folder]) },
    to: {
      path: inside(
        LEVELS.slice(0, at + 1)
          .flat()
          .filter((other) => other !== folder)
          .concat("nothing"),
      ),
    },
  })),
);

export default {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every-folder-has-a-level",
      severity: "error",
      from: {},
      to: { path: "^src/[^/]+/", pathNot: inside(LEVELS.flat()) },
    },
    {
      name: "a-feature-has-its-own-style",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "[.]css$", pathNot: "^src/($1|ui)/" },
    },
    ...layers,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types"] },
  },
};
