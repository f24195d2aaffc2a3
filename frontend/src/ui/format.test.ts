import { expect, test } from "vitest";

import { formatsFor, relativeTime } from "./format";

const now = new Date("2026-11-22T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

test("a moment is told by the largest unit that fits", () => {
  const told = [5_000, 90_000, 3 * 3_600_000, 2 * 86_400_000].map((ms) => relativeTime(ago(ms), now, "en"));
  expect(told).toEqual(["now", "1 minute ago", "3 hours ago", "2 days ago"]);
});

test.each([
  ["en", "Draft: Entries", "Draft:"],
  ["fr", "Draft\u00A0: Entries", "Draft\u00A0:"],
  ["ru", "Draft: Entries", "Draft:"],
])("a value is named with the colon of %s, which is not parted from its name", (language, named, naming) => {
  const format = formatsFor(language);
  expect([format.named("Draft", "Entries"), format.naming("Draft")]).toEqual([named, naming]);
});

test("it speaks the screen's language, to come as well as gone", () => {
  expect(relativeTime(ago(-5 * 60_000), now, "ru")).toBe("через 5 минут");
});

test.each([
  ["en", ["1 day", "2 days", "5 days", "21 days", "22 days", "25 days"]],
  ["fr", ["1 jour", "2 jours", "5 jours", "21 jours", "22 jours", "25 jours"]],
  ["ru", ["1 день", "2 дня", "5 дней", "21 день", "22 дня", "25 дней"]],
])("a duration is told with the plural form of %s", (language, told) => {
  const { duration } = formatsFor(language);
  expect([1, 2, 5, 21, 22, 25].map((days) => duration(days, "days").replace(/\s/u, " "))).toEqual(told);
});

test.each([
  ["en", "EUR", ["€4,800", "€10.50"]],
  ["fr", "EUR", ["4 800 €", "10,50 €"]],
  ["ru", "RUB", ["4 800 ₽", "10,50 ₽"]],
  ["en", "JPY", ["¥4,800", "¥11"]],
])("amounts in %s are told in %s, without cents that are none", (language, currency, told) => {
  const { money } = formatsFor(language);
  expect([4800, 10.5].map((amount) => money(amount, currency).replaceAll(/\s/gu, " "))).toEqual(told);
});
