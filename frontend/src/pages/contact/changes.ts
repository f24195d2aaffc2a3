/** What must be added and removed to get from one set to another. */
export function changesBetween<T>(now: T[], wanted: T[]): { added: T[]; removed: T[] } {
  const [before, after] = [new Set(now), new Set(wanted)];
  return { added: wanted.filter((item) => !before.has(item)), removed: now.filter((item) => !after.has(item)) };
}
