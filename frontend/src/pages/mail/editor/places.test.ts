import { expect, test } from "vitest";

import { namesOfEvents } from "./places";

test("what events say is offered once, by names that a text can write after a dot", () => {
  const known = [{ properties: ["total", "utm-source"] }, { properties: ["currency", "total"] }];
  expect(namesOfEvents(known)).toEqual(["event.event_name", "event.event_time", "event.currency", "event.total"]);
});

test("a property called as what every event has is offered once", () => {
  const known = [{ properties: ["event_time", "event_name", "total"] }];
  expect(namesOfEvents(known)).toEqual(["event.event_name", "event.event_time", "event.total"]);
});
