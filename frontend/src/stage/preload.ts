/** Fetches and decodes images before they are needed, so that they are painted at once. */

const KEPT = 6;
const images = new Map<string, HTMLImageElement>();

export function preload(url: string): void {
  if (images.has(url)) return;
  const image = new Image();
  image.src = url;
  // An image that cannot be decoded is reported where it is shown.
  image.decode().catch(() => images.delete(url));
  images.set(url, image);
  for (const old of [...images.keys()].slice(0, -KEPT)) images.delete(old);
}
