/** Short messages at the foot of the screen. */
import { createStore } from "./store";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const LIFETIME_MS = 6000;

export const toasts = createStore<readonly Toast[]>([]);
let lastId = 0;

export function showToast(text: string, action?: Toast["action"]): void {
  const id = (lastId += 1);
  toasts.change((old) => [...old.slice(-2), action === undefined ? { id, text } : { id, text, action }]);
  setTimeout(() => dropToast(id), LIFETIME_MS);
}

export function dropToast(id: number): void {
  toasts.change((old) => old.filter((toast) => toast.id !== id));
}
