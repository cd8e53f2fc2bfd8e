/** What is practised on: a picture, the text it comes with, and how one sees that a caption is good. */

/** One thing that a good caption does, recognised by words. */
export interface Rule {
  /** The caption has one of each group's words. */
  readonly has?: readonly (readonly string[])[];
  /** The caption has none of these. */
  readonly lacks?: readonly string[];
  readonly label: string;
  /** Shown while the rule is not met. */
  readonly advice: string;
}

export interface Lesson {
  readonly picture: string;
  readonly startingText: string;
  readonly about: string;
  readonly rules: readonly Rule[];
  /** One good caption among many. */
  readonly example: string;
}
