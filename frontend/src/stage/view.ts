/** How the image lies on the stage: plain numbers and pure actions. Lengths are CSS pixels, angles are degrees. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  /** Stage pixels per image pixel, or null: as large as fits. */
  readonly scale: number | null;
  /** Where the image's middle lies, from the stage's middle. */
  readonly x: number;
  readonly y: number;
  readonly turns: 0 | 90 | 180 | 270;
  /** 1 leaves the picture as it is. */
  readonly brightness: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const FITTED: View = { scale: null, x: 0, y: 0, turns: 0, brightness: 1 };

const LARGEST_SCALE = 16;
const BRIGHTEST = 3;

/** The size of the image as it lies there, before scaling. */
export function turnedSize(image: Size, turns: View["turns"]): Size {
  return turns % 180 === 0 ? image : { width: image.height, height: image.width };
}

/** The scale at which the whole image is seen. A small picture is enlarged, at most four times. */
export function fittingScale(image: Size, stage: Size, turns: View["turns"]): number {
  const { width, height } = turnedSize(image, turns);
  if (stage.width <= 0 || stage.height <= 0) return 1;
  return Math.min(stage.width / width, stage.height / height, 4);
}

export function scaleOf(view: View, image: Size, stage: Size): number {
  return view.scale ?? fittingScale(image, stage, view.turns);
}

/** Zooms by `factor`; the image's point under `at` (from the stage's middle) stays where it is. */
export function zoomAt(view: View, factor: number, at: Point, image: Size, stage: Size): View {
  const old = scaleOf(view, image, stage);
  const fitting = fittingScale(image, stage, view.turns);
  // A small picture is enlarged to fit, and may be seen as small as it is.
  const smallest = Math.min(fitting, 1);
  const scale = Math.min(Math.max(old * factor, smallest), Math.max(LARGEST_SCALE, fitting));
  if (scale <= smallest && smallest === fitting) return { ...view, scale: null, x: 0, y: 0 };
  const ratio = scale / old;
  const moved = { ...view, scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
  return withinStage(moved, image, stage);
}

export function pan(view: View, dx: number, dy: number, image: Size, stage: Size): View {
  return withinStage({ ...view, x: view.x + dx, y: view.y + dy }, image, stage);
}

export function fit(view: View): View {
  return { ...view, scale: null, x: 0, y: 0 };
}

/** One pixel of the image on one of the stage, also where the whole image would be larger or smaller. */
export function fullSize(view: View, image: Size, stage: Size): View {
  const ratio = 1 / scaleOf(view, image, stage);
  return withinStage({ ...view, scale: 1, x: view.x * ratio, y: view.y * ratio }, image, stage);
}

export function rotate(view: View): View {
  const turns = ((view.turns + 90) % 360) as View["turns"];
  return { ...fit(view), turns };
}

/** Steps the brightness up; after the brightest comes the picture as it is. */
export function brighten(view: View): View {
  const next = Math.round((view.brightness + 0.5) * 10) / 10;
  return { ...view, brightness: next > BRIGHTEST ? 1 : next };
}

/** The image cannot be pushed off the stage. */
function withinStage(view: View, image: Size, stage: Size): View {
  const scale = scaleOf(view, image, stage);
  const { width, height } = turnedSize(image, view.turns);
  const limitX = Math.max(0, (width * scale - stage.width) / 2);
  const limitY = Math.max(0, (height * scale - stage.height) / 2);
  return { ...view, x: clamp(view.x, limitX), y: clamp(view.y, limitY) };
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}
