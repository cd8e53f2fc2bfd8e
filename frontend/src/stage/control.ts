/** The stage's state with what keys and buttons do to it. */
import { createStore, type Store } from "../ui/store";

import {
  brighten,
  fit,
  FITTED,
  fullSize,
  pan,
  type Point,
  rotate,
  type Size,
  type View,
  zoomAt,
} from "./view";

export interface StageState {
  readonly view: View;
  readonly image: Size;
  readonly stage: Size;
}

export interface StageControl {
  readonly state: Store<StageState>;
  readonly resize: (stage: Size) => void;
  /** Another image: it starts fitted, upright and as bright as it is. */
  readonly show: (image: Size) => void;
  readonly zoomAt: (factor: number, at: Point) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly fullSize: () => void;
  readonly rotate: () => void;
  readonly brighten: () => void;
  readonly panLeft: () => void;
  readonly panRight: () => void;
  readonly panUp: () => void;
  readonly panDown: () => void;
}

const STEP = 1.4;
const PAN_STEP = 80;
const MIDDLE: Point = { x: 0, y: 0 };
const NOTHING: Size = { width: 1, height: 1 };

export function createStageControl(): StageControl {
  const state = createStore<StageState>({ view: FITTED, image: NOTHING, stage: { width: 0, height: 0 } });
  const look = (action: (view: View, image: Size, stage: Size) => View): void =>
    state.change((old) => ({ ...old, view: action(old.view, old.image, old.stage) }));
  return {
    state,
    resize: (stage) => state.change((old) => ({ ...old, stage })),
    show: (image) => state.change((old) => ({ ...old, image, view: FITTED })),
    zoomAt: (factor, at) => look((view, image, stage) => zoomAt(view, factor, at, image, stage)),
    pan: (dx, dy) => look((view, image, stage) => pan(view, dx, dy, image, stage)),
    zoomIn: () => look((view, image, stage) => zoomAt(view, STEP, MIDDLE, image, stage)),
    zoomOut: () => look((view, image, stage) => zoomAt(view, 1 / STEP, MIDDLE, image, stage)),
    fit: () => look(fit),
    fullSize: () => look(fullSize),
    rotate: () => look(rotate),
    brighten: () => look(brighten),
    // The picture goes the other way: what was right of it comes into sight.
    panLeft: () => look((view, image, stage) => pan(view, PAN_STEP, 0, image, stage)),
    panRight: () => look((view, image, stage) => pan(view, -PAN_STEP, 0, image, stage)),
    panUp: () => look((view, image, stage) => pan(view, 0, PAN_STEP, image, stage)),
    panDown: () => look((view, image, stage) => pan(view, 0, -PAN_STEP, image, stage)),
  };
}
