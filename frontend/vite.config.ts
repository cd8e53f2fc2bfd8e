/** How the front end is built, and served while it is worked on. */
import { readFileSync } from "node:fs";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The server behind `npm run dev`: SERVER_URL, else that of the `make demo` that runs, else where it usually is. */
function serverUrl(): string {
  const { SERVER_URL, ALTOGETHER_VAR } = process.env;
  if (SERVER_URL !== undefined && SERVER_URL !== "") return SERVER_URL;
  try {
    const told: unknown = JSON.parse(readFileSync(`${ALTOGETHER_VAR ?? "../var"}/run/web.json`, "utf-8"));
    return (told as { url: string }).url;
  } catch {
    return "http://127.0.0.1:8000";
  }
}

export default defineConfig(({ command }) => ({
  // Django serves dist/index.html for every page and whitenoise serves dist/ at /static/. While it is worked on, vite serves
  // the pages itself, at the same addresses.
  base: command === "build" ? "/static/" : "/",
  plugins: [react()],
  build: {
    target: "es2023",
    // Nothing is inlined: the content security policy allows files of our own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(
      // The Host header stays the browser's: Django compares it with the origin of what it is sent.
      ["/api/", "/_allauth/", "/healthz/"].map((path) => [
        path,
        { target: serverUrl(), changeOrigin: false },
      ]),
    ),
  },
}));
