import { expect, test } from "vitest";

import { triable, usesOf, withAttribute, withoutPath, withPath } from "./mapping";

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

test("a value may be taken for several things, and for none of them any more", () => {
  const mapping = { email: "mail", message_id: "id", attributes: { CITY: "city", LOGIN: "mail" } };
  expect(
    usesOf(mapping)
      .get("mail")
      ?.map(({ kind, name }) => [kind, name]),
  ).toEqual([
    ["part", "email"],
    ["attribute", "LOGIN"],
  ]);
  expect(withoutPath(mapping, "mail")).toEqual({ message_id: "id", attributes: { CITY: "city" } });
  expect(withoutPath({ attributes: { CITY: "city" } }, "city")).toBeUndefined();
});

test("a mapping can be tried once it names somebody; what is not chosen yet is left out", () => {
  expect(triable({ message_id: "id", attributes: { CITY: "city" } })).toBeUndefined();
  expect(triable({ phone: "tel", attributes: { CITY: "" } })).toEqual({ phone: "tel" });
});
