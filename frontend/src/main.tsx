/** Starts the front end: theme and language first, so that nothing flickers. */
import "./ui/styles/base.css";
import "./ui/styles/kit.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App";
import { loadLanguage } from "./i18n/translate";
import { applyTheme } from "./ui/theme";

applyTheme();
const root = document.getElementById("root");
if (root !== null) {
  await loadLanguage(localStorage.getItem("altogether.language"), navigator.languages);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
