/** Having a run caption all images of the project; what it writes is found under the exports. */
import { useState } from "react";

import { DEFAULTS } from "../api/request_options";
import { type Run, useCaptionImages } from "../api/runs";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

export function CaptionImagesForm({ project, run }: { readonly project: string; readonly run: Run }) {
  const [withAltText, setWithAltText] = useState(DEFAULTS.NewCaptionsRequest.with_alt_text);
  const caption = useCaptionImages(project);
  return (
    <form
      className="row small"
      onSubmit={(event) => {
        event.preventDefault();
        caption.mutate({ id: run.id, withAltText });
      }}
    >
      <button type="submit" disabled={caption.isPending}>
        {t("runs.caption")}
      </button>
      <label className="row">
        <input
          type="checkbox"
          checked={withAltText}
          onChange={({ target }) => setWithAltText(target.checked)}
        />
        {t("runs.captionWithAlt")}
      </label>
      {caption.isSuccess && (
        <span className="muted" role="status">
          {t("runs.captionQueued")}
        </span>
      )}
      {caption.isError && <Trouble error={caption.error} />}
    </form>
  );
}
