/** Says what went wrong with a request and what can be done. */
import { Problem } from "../api/problem";
import { t } from "../i18n/translate";

export function messageOf(error: unknown): string {
  if (error instanceof Problem) {
    const fields = Object.entries(error.fields).map(([field, messages]) => `${field}: ${messages.join(" ")}`);
    return [error.detail, ...fields].join(" ");
  }
  return t("trouble.unreachable");
}

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function Trouble({ error, onRetry }: Props) {
  return (
    <div className="note bad row" role="alert">
      <span>{messageOf(error)}</span>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          {t("action.retry")}
        </button>
      )}
    </div>
  );
}
