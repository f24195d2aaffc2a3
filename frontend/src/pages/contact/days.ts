/** Items in their order, grouped by the local calendar day ("2026-11-22") they fall on. */
export function byDay<T extends { at: string }>(items: T[]): { day: string; items: T[] }[] {
  const groups: { day: string; items: T[] }[] = [];
  for (const item of items) {
    const moment = new Date(item.at);
    const [year, month, date] = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
    const day = `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}
