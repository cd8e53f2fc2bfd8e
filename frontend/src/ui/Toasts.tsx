/** Draws the toasts; screen readers hear them when it suits. */
import { useStore } from "./store";
import { dropToast, toasts } from "./toasts";

export function Toasts() {
  const shown = useStore(toasts, (all) => all);
  return (
    <div className="toasts" role="status">
      {shown.map((toast) => (
        <div className="toast" key={toast.id}>
          <span>{toast.text}</span>
          {toast.action !== undefined && (
            <button
              type="button"
              className="link"
              onClick={() => {
                toast.action?.run();
                dropToast(toast.id);
              }}
            >
              {toast.action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
