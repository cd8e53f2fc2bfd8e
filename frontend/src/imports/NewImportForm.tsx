/** Where images come from: a file of this computer, or an address that the server fetches. */
import { useId, useState } from "react";
import { useLocation } from "wouter";

import { useNewImport } from "../api/imports";
import { bytes } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { upload } from "./uploads";

export function NewImportForm({ project }: { readonly project: string }) {
  const [file, setFile] = useState<File | null>(null);
  const [address, setAddress] = useState("");
  const [, go] = useLocation();
  const make = useNewImport(project);
  const id = useId();
  const show = (number: number): void => go(`/projects/${project}/imports/${number}`);

  const send = (chosen: File): void =>
    make.mutate(
      { file_name: chosen.name, byte_count: chosen.size, address: "" },
      {
        onSuccess: (made) => {
          void upload(made, chosen);
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
      <p className="muted">{t("imports.formats")}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== null) send(file);
        }}
      >
        <label htmlFor={`${id}-file`}>{t("imports.file")}</label>
        <input
          id={`${id}-file`}
          type="file"
          onChange={({ target }) => setFile(target.files?.item(0) ?? null)}
        />
        {file !== null && <span className="muted small">{bytes(file.size)}</span>}
        <button type="submit" className="primary" disabled={file === null || make.isPending}>
          {t("imports.upload")}
        </button>
      </form>
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
    </section>
  );
}
