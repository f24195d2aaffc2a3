import { expect, test } from "vitest";

import { withAttribute, withPath } from "./mapping";

test("a path is set, changed and taken out; an empty mapping is nothing", () => {
  const first = withPath({}, "email", "customer.email");
  expect(first).toEqual({ email: "customer.email" });
  expect(withPath(first ?? {}, "phone", "tel")).toEqual({ email: "customer.email", phone: "tel" });
  expect(withPath(first ?? {}, "email", "")).toBeUndefined();
});

test("an attribute stands there before it has a path, and goes with the last one", () => {
  const added = withAttribute({ email: "mail" }, "CITY", "");
  expect(added).toEqual({ email: "mail", attributes: { CITY: "" } });
  expect(withAttribute(added ?? {}, "CITY", "city")).toEqual({ email: "mail", attributes: { CITY: "city" } });
  expect(withAttribute(added ?? {}, "CITY", null)).toEqual({ email: "mail" });
});
