/** What is open on a desk besides the picture and the captions. */
export type Panel = "help" | "guidelines" | "return" | "fix" | "merge" | "own-verdicts";
