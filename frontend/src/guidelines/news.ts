/** Whether there is something in the guidelines that their reader does not know. */
import type { Guidelines } from "../api/guidelines";

type Read = Pick<Guidelines, "version" | "seen">;

/** Changed since they were last read. To somebody who has never read them they are not news but new. */
export const isNews = ({ version, seen }: Read): boolean => seen > 0 && seen < version;

export const isUnread = ({ version, seen }: Read): boolean => seen < version;
