import type { Role } from "./types";

/** All roles, the mightiest first. */
export const roles = ["owner", "admin", "sales_admin", "marketer", "rep", "guest"] as const satisfies readonly Role[];

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}
