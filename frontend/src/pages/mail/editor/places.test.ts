import { expect, test } from "vitest";

import { namesOfEvents } from "./places";

test("what events say is offered once, by names that a text can write after a dot", () => {
  const known = [{ properties: ["total", "utm-source"] }, { properties: ["currency", "total"] }];
  expect(namesOfEvents(known)).toEqual(["event.event_name", "event.event_time", "event.currency", "event.total"]);
});
