/** Starts the front end: theme, language and the code of the screen first, so that nothing flickers. */
import "./ui/styles/base.css";
import "./ui/styles/kit.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { fetchSession } from "./api/session";
import { App } from "./App";
import { loadLanguage } from "./i18n/translate";
import { screenAt } from "./screens";
import { applyTheme } from "./ui/theme";

const RELOADED = "altogether.reloaded";

// A new version of the server has other files: the page that is open starts anew instead of failing, but only once.
window.addEventListener("vite:preloadError", (event) => {
  if (sessionStorage.getItem(RELOADED) !== null) return;
  sessionStorage.setItem(RELOADED, "yes");
  event.preventDefault();
  location.reload();
});

applyTheme();
const root = document.getElementById("root");
if (root !== null) {
  void fetchSession();
  await Promise.allSettled([
    loadLanguage(localStorage.getItem("altogether.language"), navigator.languages),
    screenAt(location.pathname)?.fetch(),
  ]);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
