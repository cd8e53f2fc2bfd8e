/** A picture from the server, asked for again where it does not come at once. */
import { type ComponentProps, useLayoutEffect, useRef } from "react";

import { RETRIES, RETRY_MILLISECONDS } from "./asking_again";

interface Props extends Omit<ComponentProps<"img">, "onError"> {
  readonly src: string;
  readonly alt: string;
  /** After the last try. */
  readonly onGivenUp?: () => void;
}

export function Picture({ src, alt, onGivenUp, ...attributes }: Props) {
  const tries = useRef(0);
  const timer = useRef(0);

  useLayoutEffect(() => {
    tries.current = 0;
    return () => window.clearTimeout(timer.current);
  }, [src]);

  const askAgain = (element: HTMLImageElement) => {
    if (tries.current >= RETRIES) {
      onGivenUp?.();
      return;
    }
    tries.current += 1;
    // To set the address, even the same, makes a browser fetch what it does not have.
    timer.current = window.setTimeout(() => (element.src = src), RETRY_MILLISECONDS);
  };
  // eslint-disable-next-line no-restricted-syntax -- the one place
  return <img {...attributes} src={src} alt={alt} onError={(event) => askAgain(event.currentTarget)} />;
}
