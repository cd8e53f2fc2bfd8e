/** How the front end is tested: functions in Node, components in a real Chromium. */
import { execFileSync } from "node:child_process";

import { playwright } from "@vitest/browser-playwright";
import { defineConfig, mergeConfig } from "vitest/config";

import site from "./vite.config.ts";

/** $CHROMIUM, else the one that the server's browser tests find or install. */
function chromium(): string {
  const { CHROMIUM } = process.env;
  if (CHROMIUM !== undefined && CHROMIUM !== "") return CHROMIUM;
  const found = execFileSync(".venv/bin/python", ["-m", "deploy.chromium"], {
    cwd: "..",
    encoding: "utf-8",
  }).trim();
  // This file is read once for each project.
  process.env.CHROMIUM = found;
  return found;
}

/** Chromium's own sandbox does not work as root. */
const SANDBOX = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig((env) =>
  mergeConfig(site(env), {
    test: {
      projects: [
        {
          extends: true,
          test: { name: "units", environment: "node", include: ["tests/**/*.test.ts"] },
        },
        {
          extends: true,
          // What is found late would reload the page in the middle of a test.
          optimizeDeps: {
            include: ["react", "react-dom", "react-dom/client", "react/jsx-dev-runtime", "axe-core"],
          },
          test: {
            name: "components",
            include: ["tests/**/*.test.tsx"],
            setupFiles: ["tests/page.ts"],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: { executablePath: chromium(), args: ["--disable-gpu", ...SANDBOX] },
              }),
              instances: [{ browser: "chromium", viewport: { width: 1280, height: 720 } }],
            },
          },
        },
      ],
    },
  }),
);
