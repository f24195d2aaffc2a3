import { expect, test } from "vitest";

import { eventPlace, withExamples } from "./eventPlaces";

const places = [
  { name: "total", example: "42" },
  { name: "order-id", example: "A 7" },
  { name: "note", example: "" },
];

test("a property is asked for by a dot, or by brackets where its name needs them", () => {
  expect(eventPlace("total")).toBe("event.total");
  expect(eventPlace("order-id")).toBe("event['order-id']");
});

test("a text shows what the latest event would make of it", () => {
  expect(withExamples("{{ event.total }} € for {{event['order-id']}}", places)).toBe("42 € for A 7");
  expect(withExamples('{"id": "{{ event[\\"order-id\\"] }}"}', places)).toBe('{"id": "A 7"}');
});

test("what is not known stays as written, and a text that asks nothing has no example", () => {
  expect(withExamples("{{ event.total }} {{ event.gone }} {{ contact.email }}", places)).toBe(
    "42 {{ event.gone }} {{ contact.email }}",
  );
  expect(withExamples("{{ event.note }}", places)).toBeNull();
  expect(withExamples("{{ contact.total }}", places)).toBeNull();
});
