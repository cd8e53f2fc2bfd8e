/** Where images come from: files and folders of this computer, or an address that the server fetches. */
import { useId, useState } from "react";
import { useLocation } from "wouter";

import { useNewImport } from "../api/imports";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { FilePicker } from "../uploads/FilePicker";
import type { Source } from "../uploads/source";
import { sendUpload } from "../uploads/uploads";

export function NewImportForm({ project }: { readonly project: string }) {
  const [address, setAddress] = useState("");
  const [, go] = useLocation();
  const make = useNewImport(project);
  const id = useId();
  const show = (number: number): void => go(`/projects/${project}/imports/${number}`);

  const send = (source: Source): void =>
    make.mutate(
      { file_name: source.name, byte_count: source.size, address: "" },
      {
        onSuccess: (made) => {
          void sendUpload(made, source);
          show(made.id);
        },
      },
    );
  const fetchIt = (): void =>
    make.mutate(
      { address: address.trim(), file_name: "", byte_count: 0 },
      { onSuccess: (made) => show(made.id) },
    );

  return (
    <section className="card">
      <h2>{t("imports.new")}</h2>
      <FilePicker label={t("imports.upload")} disabled={make.isPending} onSend={send} />
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          fetchIt();
        }}
      >
        <label htmlFor={`${id}-address`}>{t("imports.address")}</label>
        <input
          id={`${id}-address`}
          className="address"
          placeholder="https://"
          value={address}
          spellCheck={false}
          onChange={({ target }) => setAddress(target.value)}
        />
        <button type="submit" disabled={address.trim() === "" || make.isPending}>
          {t("imports.fetch")}
        </button>
      </form>
      {make.isError && <Trouble error={make.error} />}
      <details>
        <summary>{t("imports.formatsTitle")}</summary>
        <p className="muted">{t("imports.formats")}</p>
      </details>
    </section>
  );
}
