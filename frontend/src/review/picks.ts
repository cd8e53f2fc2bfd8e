/** The keys that choose among captions of one image, in their order on the screen. */
import type { CommandId } from "../keys/table";

export const PICKS = ["pickFirst", "pickSecond", "pickThird", "pickFourth"] as const satisfies CommandId[];
