/** What an archive has, in the order in which it is told. */
export const FACTS = ["rounds", "images", "captions", "row_count", "pictures", "checkpoints"] as const;
