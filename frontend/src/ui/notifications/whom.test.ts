import { expect, test } from "vitest";

import { whom } from "./whom";

const contact = { id: 7, name: "Maria Curie" };

test("an alert whose words do not name its contact is given the name", () => {
  expect(whom({ title: "Hot lead by keys", body: "", contact })).toBe("Maria Curie");
});

test("nobody is named twice, nor where an alert is about nobody", () => {
  expect(whom({ title: "Maria Curie is hot", body: "", contact })).toBeNull();
  expect(whom({ title: "Hot:", body: "“Maria Curie”.", contact })).toBeNull();
  expect(whom({ title: "Annual plan", body: "", contact: { id: 2, name: "Ann" } })).toBe("Ann");
  expect(whom({ title: "Hot", body: "Ann (VIP) called", contact: { id: 2, name: "Ann (VIP)" } })).toBeNull();
  expect(whom({ title: "Hot lead", body: "Call Maria Curie.", contact })).toBeNull();
  expect(whom({ title: "A chain was cut", body: "", contact: null })).toBeNull();
});
