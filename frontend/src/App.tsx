/** Which screen an address shows. Each screen is fetched when it is first needed. */
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";

import { queryClient } from "./api/queries";
import { type User, useSession } from "./api/session";
import { t } from "./i18n/translate";
import { Page } from "./ui/Page";
import { Skeleton } from "./ui/Skeleton";
import { Toasts } from "./ui/Toasts";
import { Trouble } from "./ui/Trouble";

const AccountPage = lazy(() => import("./account/AccountPage"));
const PeoplePage = lazy(() => import("./people/PeoplePage"));
const HistoryPage = lazy(() => import("./history/HistoryPage"));
const WebhooksPage = lazy(() => import("./webhooks/WebhooksPage"));
const SignInPage = lazy(() => import("./sign_in/SignInPage"));
const ProjectsPage = lazy(() => import("./projects/ProjectsPage"));
const ProjectPage = lazy(() => import("./admin/ProjectPage"));
const RoundReportPage = lazy(() => import("./admin/RoundReportPage"));
const ImagesPage = lazy(() => import("./images/ImagesPage"));
const ImagePage = lazy(() => import("./images/ImagePage"));
const ImportsPage = lazy(() => import("./imports/ImportsPage"));
const ImportPage = lazy(() => import("./imports/ImportPage"));
const ArchivesPage = lazy(() => import("./archives/ArchivesPage"));
const ArchiveImportPage = lazy(() => import("./archives/ArchiveImportPage"));
const GuidelinesPage = lazy(() => import("./guidelines/GuidelinesPage"));
const LessonsPage = lazy(() => import("./practice/LessonsPage"));
const PracticePage = lazy(() => import("./practice/PracticePage"));
const WorkbenchPage = lazy(() => import("./editor/WorkbenchPage"));
const ReviewPage = lazy(() => import("./review/ReviewPage"));
const AdjudicationPage = lazy(() => import("./review/AdjudicationPage"));

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/sign-in/:secret?">{({ secret }) => <SignInPage secret={secret} />}</Route>
          <Route path="/">
            <SignedIn>{(user) => <ProjectsPage user={user} />}</SignedIn>
          </Route>
          <Route path="/account">
            <SignedIn>{(user) => <AccountPage user={user} />}</SignedIn>
          </Route>
          <Route path="/people">
            <SignedIn>{(user) => <PeoplePage user={user} />}</SignedIn>
          </Route>
          <Route path="/archives">
            <SignedIn>{() => <ArchivesPage />}</SignedIn>
          </Route>
          <Route path="/archives/:id">
            {({ id }) => <SignedIn>{() => <ArchiveImportPage key={id} id={Number(id)} />}</SignedIn>}
          </Route>
          <Route path="/projects/:slug/history">
            {({ slug }) => <SignedIn>{() => <HistoryPage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/projects/:slug/webhooks">
            {({ slug }) => <SignedIn>{() => <WebhooksPage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/projects/:slug">
            {({ slug }) => <SignedIn>{() => <ProjectPage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/projects/:slug/rounds/:number">
            {({ slug, number }) => (
              <SignedIn>
                {() => <RoundReportPage key={`${slug}-${number}`} slug={slug} number={Number(number)} />}
              </SignedIn>
            )}
          </Route>
          <Route path="/projects/:slug/images">
            {({ slug }) => <SignedIn>{() => <ImagesPage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/projects/:slug/images/:id">
            {({ slug, id }) => (
              <SignedIn>{() => <ImagePage key={id} slug={slug} id={Number(id)} />}</SignedIn>
            )}
          </Route>
          <Route path="/projects/:slug/imports">
            {({ slug }) => <SignedIn>{() => <ImportsPage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/projects/:slug/imports/:id">
            {({ slug, id }) => (
              <SignedIn>{() => <ImportPage key={id} slug={slug} id={Number(id)} />}</SignedIn>
            )}
          </Route>
          <Route path="/projects/:slug/guidelines">
            {({ slug }) => <SignedIn>{() => <GuidelinesPage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/projects/:slug/practice">
            {({ slug }) => <SignedIn>{() => <LessonsPage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/practice/:slug">
            {({ slug }) => <SignedIn>{() => <PracticePage key={slug} slug={slug} />}</SignedIn>}
          </Route>
          <Route path="/annotate/:round">
            {({ round }) => (
              <SignedIn>{(user) => <WorkbenchPage key={round} round={Number(round)} user={user} />}</SignedIn>
            )}
          </Route>
          <Route path="/adjudicate/:round">
            {({ round }) => (
              <SignedIn>{() => <AdjudicationPage key={round} round={Number(round)} />}</SignedIn>
            )}
          </Route>
          <Route path="/review/:round">
            {({ round }) => <SignedIn>{() => <ReviewPage key={round} round={Number(round)} />}</SignedIn>}
          </Route>
          <Route>
            <Page title={t("missing.title")}>
              <p>{t("missing.text")}</p>
            </Page>
          </Route>
        </Switch>
      </Suspense>
      <Toasts />
    </QueryClientProvider>
  );
}

/** For people who are signed in; others sign in first and come back. */
function SignedIn({ children }: { readonly children: (user: User) => ReactNode }) {
  const session = useSession();
  const [location] = useLocation();
  if (session.isPending) return <Waiting />;
  if (session.isError) {
    return (
      <Page title="">
        <Trouble error={session.error} onRetry={() => void session.refetch()} />
      </Page>
    );
  }
  const { user } = session.data;
  if (user === null) return <Redirect to={`/sign-in?next=${encodeURIComponent(location)}`} replace />;
  return children(user);
}

function Waiting() {
  return (
    <Page title="">
      <Skeleton heights={[28, 120, 120]} />
    </Page>
  );
}
