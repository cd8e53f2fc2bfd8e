/** Wheel, drag and pinch on the stage, as commands to its control. */
import type { StageControl } from "./control";
import type { Point } from "./view";

/** Listens on the stage's element; returns how to stop. */
export function listenToGestures(element: HTMLElement, control: StageControl): () => void {
  const pointers = new Map<number, Point>();
  const stop = new AbortController();
  const options = { signal: stop.signal };

  const fromMiddle = ({ x, y }: Point): Point => {
    const box = element.getBoundingClientRect();
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
  };

  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      // A line of a mouse wheel is about 40 pixels of a touchpad.
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 40 : event.deltaY;
      control.zoomAt(Math.exp(-pixels / 400), fromMiddle({ x: event.clientX, y: event.clientY }));
    },
    { ...options, passive: false },
  );
  element.addEventListener(
    "pointerdown",
    (event) => {
      // A press on one of the stage's buttons is not a drag.
      if (event.target instanceof Element && event.target.closest("button") !== null) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      element.setPointerCapture(event.pointerId);
    },
    options,
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      const old = pointers.get(event.pointerId);
      if (old === undefined) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (other === undefined) {
        control.pan(now.x - old.x, now.y - old.y);
      } else {
        control.zoomAt(
          distance(now, other) / Math.max(distance(old, other), 1),
          fromMiddle(middle(now, other)),
        );
      }
      pointers.set(event.pointerId, now);
    },
    options,
  );
  const forget = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  element.addEventListener("pointerup", forget, options);
  element.addEventListener("pointercancel", forget, options);
  return () => stop.abort();
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
