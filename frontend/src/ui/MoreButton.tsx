/** The next page of a list, where there is one. */
import type { ReactNode } from "react";

interface Props {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly children: ReactNode;
}

export function MoreButton({ list, children }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <div>
      <button type="button" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {children}
      </button>
    </div>
  );
}
