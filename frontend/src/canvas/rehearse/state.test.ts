import { expect, it } from "vitest";

import { scoring } from "@/flow/testing/scoring";

import { ledOn, type LitStep } from "./state";

const step = (node: string, port: string | null): LitStep => ({ node, port, at: "", because: null, did: [], facts: [] });
const ports = (...steps: LitStep[]) => ledOn(steps, scoring).map(({ port }) => port);

it("lights the line to where a contact came next, also from a step that passed it by", () => {
  expect(ports(step("opened", "next"), step("points", "no_consent"), step("hot", "yes"), step("assign", null))).toEqual([
    "next",
    "next",
    "yes",
    null,
  ]);
});

it("lights no line from where the way ended", () => {
  expect(ports(step("points", "next"), step("hot", "no"))).toEqual(["next", "no"]);
});
