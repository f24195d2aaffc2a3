const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
  ["millisecond", 0.001],
] as const;

/** "1.5 min", "12 ms": a length of time in its largest fitting unit. Seconds in; nothing at all is "0 s". */
export function duration(seconds: number, language: string): string {
  const [unit, length] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
  const digits = seconds / length < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: digits }).format(
    seconds < 0.001 ? 0 : seconds / length,
  );
}
