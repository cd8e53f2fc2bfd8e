/** How far an upload is, how fast it goes; one that was broken off goes on when its file is chosen again. */
import { useState } from "react";

import { bytes, duration } from "../i18n/format";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";
import { Trouble } from "../ui/Trouble";

import { FilePicker } from "./FilePicker";
import { continues, type Incoming, type Receiver, type Upload, upload, uploads } from "./uploads";

interface Props {
  readonly incoming: Incoming;
  readonly server?: Receiver | undefined;
}

export function UploadProgress({ incoming, server }: Props) {
  const going = useStore(uploads, (all) => all.get(incoming.id));
  const sent = Math.max(going?.sent ?? 0, incoming.received);
  return (
    <>
      <progress aria-label={t("imports.uploading")} max={incoming.byte_count} value={sent} />
      <p className="small muted" role="status">
        {t("imports.sent", { sent: bytes(sent), total: bytes(incoming.byte_count) })}
        {going?.error === null && pace(going)}
      </p>
      {going?.error instanceof Error && <Trouble error={going.error} />}
      {going?.error !== null && <GoOn incoming={incoming} server={server} />}
    </>
  );
}

function pace({ sent, sentBefore, total, startedAt }: Upload): string {
  const seconds = (Date.now() - startedAt) / 1000;
  if (seconds < 1 || sent === sentBefore) return "";
  const rate = (sent - sentBefore) / seconds;
  const rateText = t("imports.perSecond", { amount: bytes(rate) });
  return ` · ${rateText} · ${t("jobs.left", { time: duration((total - sent) / rate) })}`;
}

function GoOn({ incoming, server }: Props) {
  const [wrong, setWrong] = useState(false);
  return (
    <div className="stack">
      <p>{t("imports.goOn", { name: incoming.file_name })}</p>
      <FilePicker
        label={t("imports.resume")}
        onSend={(source) => {
          setWrong(!continues(incoming, source));
          if (continues(incoming, source)) void upload(incoming, source, server);
        }}
      />
      {wrong && <span className="note bad small">{t("imports.otherFile")}</span>}
    </div>
  );
}
