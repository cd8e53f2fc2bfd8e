/** The screen that the address names, with what every screen has. */
import { QueryClientProvider } from "@tanstack/react-query";
import { ErrorBoundary } from "react-error-boundary";
import { Link, Route, Switch, useLocation } from "wouter";

import { queryClient } from "./api/queries";
import { t } from "./i18n/translate";
import { SCREENS } from "./screens";
import { Page } from "./ui/Page";
import { Toasts } from "./ui/Toasts";

export function App() {
  const [location] = useLocation();
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary FallbackComponent={Broken} resetKeys={[location]}>
        <Switch>
          {SCREENS.map(({ path, show }) => (
            <Route key={path} path={path}>
              {show}
            </Route>
          ))}
          <Route>
            <Page title={t("missing.title")}>
              <p>{t("missing.text")}</p>
              <p>
                <Link href="/">{t("missing.projects")}</Link>
              </p>
            </Page>
          </Route>
        </Switch>
      </ErrorBoundary>
      <Toasts />
    </QueryClientProvider>
  );
}

/** In place of a screen that cannot be drawn: without it the whole page would be empty. */
function Broken({ error }: { readonly error: unknown }) {
  return (
    <Page title={t("broken.title")}>
      <p>{t("broken.text")}</p>
      <p className="note bad">
        <code>{String(error)}</code>
      </p>
      <p className="row">
        <button type="button" className="primary" onClick={() => window.location.reload()}>
          {t("broken.reload")}
        </button>
        <Link href="/">{t("missing.projects")}</Link>
      </p>
    </Page>
  );
}
