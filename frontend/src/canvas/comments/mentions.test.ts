import { expect, test } from "vitest";

import { beingMentioned, fitting, mentionedIn, withMention } from "./mentions";

const people = [
  { id: 1, name: "Maria Ruiz" },
  { id: 2, name: "Mark Stone" },
  { id: 3, name: "Ann Marlow" },
];

test("a mention begins with an @ that begins a word", () => {
  expect(beingMentioned("ask @Mar", 8)).toBe("Mar");
  expect(beingMentioned("@", 1)).toBe("");
  expect(beingMentioned("ask @Maria Ru", 13)).toBe("Maria Ru");
  expect(beingMentioned("a@example.com", 13)).toBeNull();
  expect(beingMentioned("ask @Mar please", 3)).toBeNull();
});

test("people are found by the beginning of any of their names", () => {
  expect(fitting(people, "mar").map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(fitting(people, "maria r").map(({ id }) => id)).toEqual([1]);
  expect(fitting(people, "arlo")).toEqual([]);
});

test("a chosen name is written out, and whoever stands in the text is mentioned", () => {
  const { text, caret } = withMention("ask @mar now", 8, { id: 1, name: "Maria Ruiz" });
  expect([text, caret]).toEqual(["ask @Maria Ruiz  now", 16]);
  expect(mentionedIn(text, people)).toEqual([1]);
});
