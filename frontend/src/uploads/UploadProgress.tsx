/** How far an upload is, how fast it goes; one that was broken off goes on when its file is chosen again. */
import { useState } from "react";

import { bytes, duration } from "../i18n/format";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";
import { Trouble } from "../ui/Trouble";

import { FilePicker } from "./FilePicker";
import {
  continues,
  IMPORTS,
  keyOf,
  type Receiver,
  sendUpload,
  type Sending,
  sendings,
  type Upload,
} from "./uploads";

interface Props {
  readonly upload: Upload;
  readonly server?: Receiver;
}

export function UploadProgress({ upload, server = IMPORTS }: Props) {
  const going = useStore(sendings, (all) => all.get(keyOf(upload, server)));
  const sent = Math.max(going?.sent ?? 0, upload.received);
  return (
    <>
      <progress aria-label={t("imports.uploading")} max={upload.byte_count} value={sent} />
      <p className="small muted" role="status">
        {t("imports.sent", { sent: bytes(sent), total: bytes(upload.byte_count) })}
        {going?.error === null && pace(going)}
      </p>
      {going?.error instanceof Error && <Trouble error={going.error} />}
      {going?.error !== null && <GoOn upload={upload} server={server} />}
    </>
  );
}

function pace({ sent, sentBefore, total, startedAt }: Sending): string {
  const seconds = (Date.now() - startedAt) / 1000;
  if (seconds < 1 || sent === sentBefore) return "";
  const rate = (sent - sentBefore) / seconds;
  const rateText = t("imports.perSecond", { amount: bytes(rate) });
  return ` · ${rateText} · ${t("jobs.left", { time: duration((total - sent) / rate) })}`;
}

function GoOn({ upload, server }: Required<Props>) {
  const [wrong, setWrong] = useState(false);
  return (
    <div className="stack">
      <p>{t("imports.goOn", { name: upload.file_name })}</p>
      <FilePicker
        label={t("imports.resume")}
        onSend={(source) => {
          setWrong(!continues(upload, source));
          if (continues(upload, source)) void sendUpload(upload, source, server);
        }}
      />
      {wrong && <span className="note bad small">{t("imports.otherFile")}</span>}
    </div>
  );
}
