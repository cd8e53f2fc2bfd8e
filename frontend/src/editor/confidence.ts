/** Which words of a draft its model was unsure of. */

export interface ConfidenceSpan {
  readonly text: string;
  /** The least likely of its tokens, as a probability; 1 where nothing is known. */
  readonly probability: number;
}

/** Below this the model might as well have written something else. */
export const UNSURE_BELOW = 0.35;

/**
 * Lays the tokens ([token, natural-log probability] each) over the text and joins neighbours that are alike sure or
 * unsure. Tokens that are not found in the text (special ones, other white space) are passed over.
 */
export function confidenceSpans(text: string, tokens: readonly (readonly unknown[])[]): ConfidenceSpan[] {
  const marks: { start: number; end: number; probability: number }[] = [];
  let from = 0;
  for (const [token, logprob] of tokens) {
    if (typeof token !== "string" || typeof logprob !== "number") continue;
    const word = token.replace(/^[Ġ▁]/, "").trim();
    const start = word === "" ? -1 : text.indexOf(word, from);
    if (start === -1) continue;
    from = start + word.length;
    marks.push({ start, end: from, probability: Math.exp(logprob) });
  }
  const spans: ConfidenceSpan[] = [];
  let at = 0;
  const push = (end: number, probability: number): void => {
    const last = spans.at(-1);
    const piece = text.slice(at, end);
    at = end;
    if (piece === "") return;
    if (last !== undefined && last.probability < UNSURE_BELOW === probability < UNSURE_BELOW) {
      spans[spans.length - 1] = {
        text: last.text + piece,
        probability: Math.min(last.probability, probability),
      };
    } else {
      spans.push({ text: piece, probability });
    }
  };
  for (const { start, end, probability } of marks) {
    push(start, 1);
    push(end, probability);
  }
  push(text.length, 1);
  return spans;
}
