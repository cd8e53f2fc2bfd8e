/** Where an address with a `#name` leads on a page whose parts come one after the other. */
import { useEffect, useRef } from "react";

const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** For the element of that name: in view while the page still grows around it, until the person does something. */
export function useArrival<T extends HTMLElement>(name: string) {
  const element = useRef<T>(null);
  useEffect(() => {
    if (window.location.hash !== `#${name}`) return;
    const over = new AbortController();
    const growing = new ResizeObserver(() => element.current?.scrollIntoView());
    growing.observe(document.body);
    over.signal.addEventListener("abort", () => growing.disconnect());
    for (const hand of HANDS) {
      window.addEventListener(hand, () => over.abort(), { signal: over.signal, passive: true });
    }
    return () => over.abort();
  }, [name]);
  return element;
}
