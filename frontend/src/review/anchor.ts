/** The words of a caption that a comment is about. */

export type Anchor = readonly [start: number, end: number];

/** Marks the element that shows the caption and nothing else. */
export const ANCHORED = "anchored-caption";

/** What is selected in the shown caption, or null. Its text is one text node. */
export function selectedAnchor(): Anchor | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const { startContainer, endContainer, startOffset, endOffset } = selection.getRangeAt(0);
  const isInside = startContainer.parentElement?.classList.contains(ANCHORED) === true;
  return isInside && startContainer === endContainer ? [startOffset, endOffset] : null;
}
