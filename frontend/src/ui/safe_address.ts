/** Which addresses in people's texts may become links and pictures. */

/** The address if it is a web, mail or page-relative one; null for scripts and anything else that runs. */
export function safeAddress(address: string): string | null {
  try {
    const url = new URL(address, "https://relative.invalid/");
    return ["https:", "http:", "mailto:"].includes(url.protocol) ? address : null;
  } catch {
    return null;
  }
}
