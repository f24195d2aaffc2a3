import { useTranslation } from "react-i18next";

const relativeSteps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "3 days ago", "in 2 hours"; under a minute it is "now". */
export function relativeTime(at: Date, now: Date, language: string): string {
  const formatter = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, length] of relativeSteps) {
    if (Math.abs(seconds) >= length) return formatter.format(Math.trunc(seconds / length), unit);
  }
  return formatter.format(0, "second");
}

/** A calendar day ("2026-11-22") as a moment that prints as that same day in every zone. */
function dayOf(text: string): Date {
  return new Date(text.length === 10 ? `${text}T12:00:00` : text);
}

/** `make`, called when first asked for: the browser takes a while over each format. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** `make` of a word, called once for each word. */
function onceEach<Made>(make: (word: string) => Made): (word: string) => Made {
  const made = new Map<string, Made>();
  return (word) => {
    const known = made.get(word) ?? make(word);
    made.set(word, known);
    return known;
  };
}

export function formatsFor(language: string) {
  const number = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 6 }));
  const money = onceEach(
    (currency) => new Intl.NumberFormat(language, { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" }),
  );
  const compact = once(() => new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }));
  const percent = once(() => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }));
  const day = once(() => new Intl.DateTimeFormat(language, { dateStyle: "medium" }));
  const moment = once(() => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }));
  const clock = once(() => new Intl.DateTimeFormat(language, { timeStyle: "short" }));
  const lasting = onceEach((unit) => new Intl.NumberFormat(language, { style: "unit", unit: unit.slice(0, -1), unitDisplay: "long" }));
  const colon = language === "fr" ? "\u00A0:" : ":";
  const list = once(() => new Intl.ListFormat(language, { type: "conjunction" }));
  return {
    number: (value: number) => number().format(value),
    /** "€4,800", "$10.50". */
    money: (amount: number, currency: string) => money(currency).format(amount),
    compact: (value: number) => compact().format(value),
    percent: (share: number) => percent().format(share),
    date: (text: string) => day().format(dayOf(text)),
    dateTime: (text: string) => moment().format(new Date(text)),
    time: (text: string) => clock().format(new Date(text)),
    /** "2 days", by the unit's plural name. */
    duration: (amount: number, unit: string) => lasting(unit).format(amount),
    relative: (text: string) => relativeTime(new Date(text), new Date(), language),
    list: (items: string[]) => list().format(items),
    /** "Name: value", with the colon as the language writes it. */
    named: (name: string, value: string) => `${name}${colon} ${value}`,
    /** "Name:", before a value that stands by itself. */
    naming: (name: string) => `${name}${colon}`,
  };
}

export type Formats = ReturnType<typeof formatsFor>;

/** Kept for everybody: a canvas has hundreds of steps that count. */
const made = new Map<string, Formats>();

/** Numbers, dates and lists in the screen's language. */
export function useFormat(): Formats {
  const { language } = useTranslation().i18n;
  const formats = made.get(language) ?? formatsFor(language);
  made.set(language, formats);
  return formats;
}
