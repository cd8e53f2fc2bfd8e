/** Which screen an address shows, and who may see it. A screen's code is fetched when it is first needed. */
import type { ComponentType, ReactNode } from "react";
import { matchRoute, Redirect, type StringRouteParams, useLocation } from "wouter";
import { parse } from "regexparam";

import { type User, useSession } from "./api/session";
import { type Fetched, fetched } from "./ui/fetched";
import { Page } from "./ui/Page";
import { Skeleton } from "./ui/Skeleton";
import { Trouble } from "./ui/Trouble";

export interface Screen {
  /** In wouter's notation. */
  readonly path: string;
  readonly fetch: () => Promise<unknown>;
  readonly show: (params: object) => ReactNode;
}

const WAITING = (
  <Page title="">
    <Skeleton heights={[28, 120, 120]} />
  </Page>
);

const SignInPage = page(() => import("./sign_in/SignInPage"));
const ProjectsPage = page(() => import("./projects/ProjectsPage"));
const NewProjectPage = page(() => import("./projects/NewProjectPage"));
const AccountPage = page(() => import("./account/AccountPage"));
const PeoplePage = page(() => import("./people/PeoplePage"));
const ArchivesPage = page(() => import("./archives/ArchivesPage"));
const ArchiveImportPage = page(() => import("./archives/ArchiveImportPage"));
const HistoryPage = page(() => import("./history/HistoryPage"));
const WebhooksPage = page(() => import("./webhooks/WebhooksPage"));
const ProjectPage = page(() => import("./admin/ProjectPage"));
const RoundReportPage = page(() => import("./admin/RoundReportPage"));
const ImagesPage = page(() => import("./images/ImagesPage"));
const ImagePage = page(() => import("./images/ImagePage"));
const ImportsPage = page(() => import("./imports/ImportsPage"));
const ImportPage = page(() => import("./imports/ImportPage"));
const GuidelinesPage = page(() => import("./guidelines/GuidelinesPage"));
const LessonsPage = page(() => import("./practice/LessonsPage"));
const PracticePage = page(() => import("./practice/PracticePage"));
const WorkbenchPage = page(() => import("./editor/WorkbenchPage"));
const AdjudicationPage = page(() => import("./review/AdjudicationPage"));
const ReviewPage = page(() => import("./review/ReviewPage"));

/** In the order in which an address is compared with them. */
export const SCREENS: readonly Screen[] = [
  screen("/sign-in/:secret?", SignInPage, ({ secret }) => <SignInPage secret={secret} />),
  signedIn("/", ProjectsPage, (_, user) => <ProjectsPage user={user} />),
  signedIn("/new-project", NewProjectPage, () => <NewProjectPage />),
  signedIn("/account", AccountPage, (_, user) => <AccountPage user={user} />),
  signedIn("/people", PeoplePage, (_, user) => <PeoplePage user={user} />),
  signedIn("/archives", ArchivesPage, () => <ArchivesPage />),
  signedIn("/archives/:id", ArchiveImportPage, ({ id }) => <ArchiveImportPage key={id} id={Number(id)} />),
  signedIn("/projects/:slug/history", HistoryPage, ({ slug }) => <HistoryPage key={slug} slug={slug} />),
  signedIn("/projects/:slug/webhooks", WebhooksPage, ({ slug }) => <WebhooksPage key={slug} slug={slug} />),
  signedIn("/projects/:slug", ProjectPage, ({ slug }) => <ProjectPage key={slug} slug={slug} />),
  signedIn("/projects/:slug/rounds/:number", RoundReportPage, ({ slug, number }) => (
    <RoundReportPage key={`${slug}-${number}`} slug={slug} number={Number(number)} />
  )),
  signedIn("/projects/:slug/images", ImagesPage, ({ slug }) => <ImagesPage key={slug} slug={slug} />),
  signedIn("/projects/:slug/images/:id", ImagePage, ({ slug, id }) => (
    <ImagePage key={id} slug={slug} id={Number(id)} />
  )),
  signedIn("/projects/:slug/imports", ImportsPage, ({ slug }) => <ImportsPage key={slug} slug={slug} />),
  signedIn("/projects/:slug/imports/:id", ImportPage, ({ slug, id }) => (
    <ImportPage key={id} slug={slug} id={Number(id)} />
  )),
  signedIn("/projects/:slug/guidelines", GuidelinesPage, ({ slug }) => (
    <GuidelinesPage key={slug} slug={slug} />
  )),
  signedIn("/projects/:slug/practice", LessonsPage, ({ slug }) => <LessonsPage key={slug} slug={slug} />),
  signedIn("/practice/:slug", PracticePage, ({ slug }) => <PracticePage key={slug} slug={slug} />),
  signedIn("/annotate/:round", WorkbenchPage, ({ round }, user) => (
    <WorkbenchPage key={round} round={Number(round)} user={user} />
  )),
  signedIn("/adjudicate/:round", AdjudicationPage, ({ round }) => (
    <AdjudicationPage key={round} round={Number(round)} />
  )),
  signedIn("/review/:round", ReviewPage, ({ round }) => <ReviewPage key={round} round={Number(round)} />),
];

/** The screen of that address, if it has one. */
export function screenAt(path: string): Screen | undefined {
  return SCREENS.find((one) => matchRoute(parse, one.path, path)[0]);
}

function page<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): Fetched<P> {
  return fetched(load, { waiting: WAITING, around: (content) => <Page title="">{content}</Page> });
}

function screen<Path extends string, P>(
  path: Path,
  { fetch }: Fetched<P>,
  show: (params: StringRouteParams<Path>) => ReactNode,
): Screen {
  // What wouter finds in an address has the names that stand in the path.
  return { path, fetch, show: (params) => show(params as StringRouteParams<Path>) };
}

/** For people who are signed in; others sign in first and come back. */
function signedIn<Path extends string, P>(
  path: Path,
  code: Fetched<P>,
  show: (params: StringRouteParams<Path>, user: User) => ReactNode,
): Screen {
  return screen(path, code, (params) => <SignedIn>{(user) => show(params, user)}</SignedIn>);
}

function SignedIn({ children }: { readonly children: (user: User) => ReactNode }) {
  const session = useSession();
  const [location] = useLocation();
  if (session.isPending) return WAITING;
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
