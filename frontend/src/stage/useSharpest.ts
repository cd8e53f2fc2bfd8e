/** Which rendition the stage shows: the screen's at once, the full size when somebody looks closer than that. */
import { useEffect, useState } from "react";

import { RETRIES, RETRY_MILLISECONDS } from "../ui/asking_again";

interface Renditions {
  readonly url: string;
  readonly original_url: string | null;
  readonly width: number;
  readonly height: number;
}

/** The longer side of the server's screen rendition. */
const SCREEN_SIZE = 1600;

/** The address to show. The full size takes the other's place once it is decoded; if it cannot be, nothing changes. */
export function useSharpest(image: Renditions, scale: number): string {
  const { url, original_url: original, width, height } = image;
  const [decoded, setDecoded] = useState<string | null>(null);
  const isCloser = scale * devicePixelRatio > SCREEN_SIZE / Math.max(width, height);
  const wanted = isCloser ? original : null;

  useEffect(() => {
    if (wanted === null) return;
    let left = false;
    let timer = 0;
    const tryIt = (triesLeft: number) => {
      const sharper = new Image();
      sharper.src = wanted;
      sharper.decode().then(
        () => left || setDecoded(wanted),
        () => {
          if (!left && triesLeft > 0)
            timer = window.setTimeout(() => tryIt(triesLeft - 1), RETRY_MILLISECONDS);
        },
      );
    };
    tryIt(RETRIES);
    return () => {
      left = true;
      window.clearTimeout(timer);
    };
  }, [wanted]);

  return original !== null && decoded === original ? original : url;
}
