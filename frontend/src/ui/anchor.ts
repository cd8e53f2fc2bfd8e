/** The words of a caption that a comment is about: [start, end) in characters, as the server counts them (an emoji is one). */

export type Anchor = readonly [start: number, end: number];

/** Marks the element that shows the caption and nothing else. */
export const ANCHORED = "anchored-caption";

/** What is selected in the shown caption, or null. Its text is one text node. */
export function selectedAnchor(): Anchor | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const { startContainer, endContainer, startOffset, endOffset } = selection.getRangeAt(0);
  const isInside = startContainer.parentElement?.classList.contains(ANCHORED) === true;
  if (!isInside || startContainer !== endContainer) return null;
  return inCharacters(startContainer.textContent ?? "", startOffset, endOffset);
}

/** A stretch of a browser's text, which counts an emoji as two. */
export function inCharacters(text: string, start: number, end: number): Anchor {
  const before = Array.from(text.slice(0, start)).length;
  return [before, before + Array.from(text.slice(start, end)).length];
}

/** The text before, within and after the words that the comment is about. */
export function cutAt(text: string, [start, end]: Anchor): [before: string, words: string, after: string] {
  const characters = Array.from(text);
  return [
    characters.slice(0, start).join(""),
    characters.slice(start, end).join(""),
    characters.slice(end).join(""),
  ];
}
