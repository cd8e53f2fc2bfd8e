/** `/sign-in/<secret>`: a button, because opening the address alone must not use the link up. `/sign-in`: how to get one. */
import { useMutation } from "@tanstack/react-query";
import { useLocation, useSearchParams } from "wouter";

import { signIn } from "../api/session";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Trouble } from "../ui/Trouble";

import { SignInForm } from "./SignInForm";

export default function SignInPage({ secret }: { readonly secret: string | undefined }) {
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const enter = (): void => navigate(localPath(search.get("next")), { replace: true });
  const attempt = useMutation({ mutationFn: signIn, onSuccess: enter });
  return (
    <Page title={t("signIn.title")} narrow>
      <div className="card">
        <h2 className="large">{t("signIn.title")}</h2>
        {secret === undefined ? (
          <SignInForm onDone={enter} />
        ) : (
          <>
            <p>{t("signIn.ready")}</p>
            {attempt.isError && <Trouble error={attempt.error} />}
            <div>
              <button
                type="button"
                className="primary"
                disabled={attempt.isPending}
                onClick={() => attempt.mutate(secret)}
              >
                {t("signIn.button")}
              </button>
            </div>
            <p className="muted small">{t("signIn.how")}</p>
          </>
        )}
      </div>
    </Page>
  );
}

/** Where to go after signing in: a path of this site, never another one. */
function localPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}
