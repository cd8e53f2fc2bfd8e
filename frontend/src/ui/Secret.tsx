/** Something that is shown once and used elsewhere, such as a sign-in link: whole, selected by one click, with a button to copy it. */
import { t } from "../i18n/translate";

import { CopyButton } from "./CopyButton";

export function Secret({ text }: { readonly text: string }) {
  return (
    <span className="secret">
      <code>{text}</code>
      <CopyButton text={text} label={t("action.copy")} />
    </span>
  );
}

/** A link of this site, as another browser opens it. */
export function OwnLink({ path }: { readonly path: string }) {
  return <Secret text={new URL(path, location.origin).href} />;
}
