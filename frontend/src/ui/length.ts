/** How long a caption is, counted as the server counts: in code points, which an emoji is one of. */

export function charactersOf(text: string): number {
  // Without a surrogate, which most texts are, there is nothing to look for.
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
}

/** How many characters must go before the text may be submitted. */
export function charactersOver(text: string, limit: number): number {
  return Math.max(0, charactersOf(text) - limit);
}

/** Where in the text the limit is reached, as the text field counts. */
export function endOfLimit(text: string, limit: number): number {
  return charactersOf(text) === text.length ? limit : Array.from(text).slice(0, limit).join("").length;
}
