/** How the front end is built, served while it is worked on, and tested. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Django serves dist/index.html for every page and whitenoise serves dist/ at /static/.
  base: "/static/",
  plugins: [react()],
  build: {
    target: "es2023",
    // Nothing is inlined: the content security policy allows files of our own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": "http://127.0.0.1:8000", "/media": "http://127.0.0.1:8000" },
  },
  test: { environment: "node", include: ["tests/**/*.test.ts"] },
});
