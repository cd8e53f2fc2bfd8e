/** What may be wider than the page: it scrolls by itself, by keyboard too. */
import type { ReactNode } from "react";

export function ScrollX({ children }: { readonly children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is scrolled with the arrow keys.
    <div className="scroll-x" tabIndex={0}>
      {children}
    </div>
  );
}
