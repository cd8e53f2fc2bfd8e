/** One step of signing in. */
import type { Outcome } from "../api/account";

export type Attempt = () => Promise<Outcome>;

export interface StepProps {
  readonly onAttempt: (attempt: Attempt) => void;
  readonly busy: boolean;
}
