/**
 * Components whose code is fetched when it is first needed.
 *
 * React's own `lazy` suspends, and React holds whatever stood in for it for 300 ms, so every screen would come that much
 * later. A fetched component is drawn at once if its code is there, otherwise at the moment it comes.
 */
import { type ComponentType, type ReactNode, useEffect, useState } from "react";

import { Skeleton } from "./Skeleton";
import { Trouble } from "./Trouble";

interface Module<P> {
  readonly default: ComponentType<P>;
}

export interface Fetched<P> {
  (props: P): ReactNode;
  /** Fetches the code ahead. Asking again costs nothing. */
  readonly fetch: () => Promise<Module<P>>;
}

interface Looks {
  /** Stands there until the code comes. */
  readonly waiting: ReactNode;
  /** What stands around the message if it does not come. */
  readonly around: (content: ReactNode) => ReactNode;
}

const PLAIN: Looks = { waiting: <Skeleton heights={[120, 120]} />, around: (content) => content };

export function fetched<P extends object>(load: () => Promise<Module<P>>, looks = PLAIN): Fetched<P> {
  let there: Module<P> | null = null;
  let coming: Promise<Module<P>> | null = null;

  async function loadOnce(): Promise<Module<P>> {
    try {
      // Nothing comes where a new version's files are elsewhere: the page is about to be loaded again (main.tsx).
      const module = (await load()) as Module<P> | undefined;
      if (module === undefined) throw new Error("The code did not come.");
      there = module;
      return module;
    } finally {
      coming = null;
    }
  }

  const fetch = () => (there === null ? (coming ??= loadOnce()) : Promise.resolve(there));

  function FetchedComponent(props: P) {
    const [found, setFound] = useState(there);
    const [failure, setFailure] = useState<unknown>(null);
    useEffect(() => {
      if (found !== null) return;
      let isWanted = true;
      fetch().then(
        (module) => isWanted && setFound(module),
        (error: unknown) => isWanted && setFailure(error),
      );
      return () => {
        isWanted = false;
      };
    }, [found]);
    // A browser that failed to import a file does not ask for it again before the page is loaded again.
    if (failure !== null) return looks.around(<Trouble error={failure} onRetry={() => location.reload()} />);
    if (found === null) return looks.waiting;
    return <found.default {...props} />;
  }

  return Object.assign(FetchedComponent, { fetch });
}
