/** A command's first key, as it is printed on buttons. */
import { useStore } from "../ui/store";

import type { Named } from "./command";
import { keyLabel, keysOf } from "./matching";
import { isMac, ownKeys } from "./own_keys";

export function Keys({ command }: { readonly command: Named }) {
  const own = useStore(ownKeys, (keys) => keys);
  const [first] = keysOf(command, own);
  return first === undefined ? null : <kbd aria-hidden="true">{keyLabel(first, isMac)}</kbd>;
}
