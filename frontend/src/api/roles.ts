import type { Role } from "./types";

/** All roles, the mightiest first. */
export const roles = ["owner", "admin", "sales_admin", "marketer", "rep", "guest"] as const satisfies readonly Role[];

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

const selling: ReadonlySet<string> = new Set<Role>(["owner", "admin", "sales_admin", "rep"]);

/** Whether contacts and deals can belong to somebody with these roles. */
export function sells({ roles: held }: { roles: readonly string[] }): boolean {
  return held.some((role) => selling.has(role));
}
