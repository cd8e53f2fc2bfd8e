/** Passkeys through the browser's own JSON forms of WebAuthn. */
import { t } from "../i18n/translate";
import { Problem } from "../api/problem";

/** What allauth sends and takes: WebAuthn's JSON. Its description has no type for it. */
type Json = Record<string, never>;

/** Browsers give passkeys to names only, not to addresses such as 127.0.0.1. */
export function passkeysWork(): boolean {
  return "PublicKeyCredential" in window && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** Makes a new passkey. Throws Problem when the person or the device would not. */
export async function createPasskey(options: object): Promise<Json> {
  const { publicKey } = options as { publicKey: PublicKeyCredentialCreationOptionsJSON };
  const parsed = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey);
  return asJson(() => navigator.credentials.create({ publicKey: parsed }));
}

/** Lets the person choose one of their passkeys. Throws Problem as above. */
export async function showPasskey(options: object): Promise<Json> {
  const { publicKey } = options as { publicKey: PublicKeyCredentialRequestOptionsJSON };
  const parsed = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
  return asJson(() => navigator.credentials.get({ publicKey: parsed }));
}

async function asJson(ask: () => Promise<Credential | null>): Promise<Json> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch {
    credential = null; // The browser has told the person why; it tells the page nothing on purpose.
  }
  if (!(credential instanceof PublicKeyCredential)) throw new Problem(400, "no-passkey", t("passkeys.none"));
  return credential.toJSON() as Json;
}
