/** How answers are kept and refreshed. */
import { QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays a refusal; a lost connection may come back.
      retry: (failures, error) => !(error instanceof Problem) && failures < 3,
    },
  },
});

/** Until no query is under way. */
export function allAnswered(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (queryClient.isFetching() > 0) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = queryClient.getQueryCache().subscribe(look);
    look();
  });
}
