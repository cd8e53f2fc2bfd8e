/** The roles of a project's members, from the least to the most. */
import type { Role } from "../api/members";

export const ROLES: readonly Role[] = ["annotator", "reviewer", "admin"];
