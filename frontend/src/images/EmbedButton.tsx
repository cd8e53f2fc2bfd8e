/** Has a worker of the captioner look at the images: then they can be compared with each other and with their alt-texts. */
import { useEmbedImages } from "../api/images";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

export function EmbedButton({ project }: { readonly project: string }) {
  const embed = useEmbedImages(project);
  return (
    <>
      <button type="button" disabled={embed.isPending || embed.isSuccess} onClick={() => embed.mutate()}>
        {t("images.embed")}
      </button>
      {embed.isSuccess && <span role="status">{t("images.embedding")}</span>}
      {embed.isError && <Trouble error={embed.error} />}
    </>
  );
}
