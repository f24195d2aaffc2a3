import { expect, test } from "vitest";

import { edgeAt } from "@/flow/graph";
import { catalog, scoring } from "@/flow/testing/scoring";

import * as commands from ".";

const yes = { from: "hot", port: "yes" };
const no = { from: "hot", port: "no" };

test("swapping branches leads each where the other led, and twice is as before", () => {
  const once = commands.swapBranches(scoring, "hot", "yes", "no")?.document ?? scoring;
  expect(edgeAt(once, no)?.to).toBe("assign");
  expect(edgeAt(once, yes)).toBeUndefined();
  expect(commands.swapBranches(once, "hot", "no", "yes")?.document).toEqual(scoring);
  expect(commands.swapBranches(scoring, "alert", "next", "other")).toBeNull();
});

test("a branch's own steps are those that no other way leads to", () => {
  expect(commands.branchOf(scoring, yes)).toEqual(["assign", "alert"]);
  const met = commands.connect(scoring, catalog, { ...no, to: "alert" })?.document ?? scoring;
  expect(commands.branchOf(met, yes)).toEqual(["assign"]);
  expect(commands.branchOf(met, no)).toEqual([]);
  expect(commands.branchOf(scoring, no)).toEqual([]);
});

test("a duplicated branch stands at the next open way out, with new ids and the same settings", () => {
  const edit = commands.duplicateBranch(scoring, catalog, yes);
  expect(edit?.touched).toEqual(["assign_owner", "send_alert"]);
  expect(edit && edgeAt(edit.document, no)?.to).toBe("assign_owner");
  expect(edit?.document.edges).toContainEqual({ from: "assign_owner", port: "next", to: "send_alert" });
});

test("copies of a branch lead on to where branches meet; without an open way out they stand free", () => {
  const met = commands.connect(scoring, catalog, { ...no, to: "alert" })?.document ?? scoring;
  const edit = commands.duplicateBranch(met, catalog, yes);
  expect(edit?.document.edges).toContainEqual({ from: "assign_owner", port: "next", to: "alert" });
  expect(edit?.document.edges.some((edge) => edge.to === "assign_owner")).toBe(false);
  expect(commands.duplicateBranch(met, catalog, no)).toBeNull();
});
