/** A command's first key, as it is printed on buttons. */
import { useStore } from "../ui/store";

import { isMac, ownKeys } from "./own_keys";
import { type CommandId, keyLabel, keysOf } from "./table";

export function Keys({ command }: { readonly command: CommandId }) {
  const own = useStore(ownKeys, (keys) => keys);
  const [first] = keysOf(command, own);
  return first === undefined ? null : <kbd aria-hidden="true">{keyLabel(first, isMac)}</kbd>;
}
