import { expect, test } from "vitest";

import { Problem, toProblem } from "./problem";

const fault = (field: string | null, message: string) => ({ field, code: "x", message, remedy: "Fix it." });

test("faults stand by their field, with the remedy", () => {
  const problem = new Problem(422, { errors: [fault("email", "No address."), fault(null, "Odd.")] });
  expect(problem.byField).toEqual({ email: "No address. Fix it." });
  expect(problem.general).toBe("Odd. Fix it.");
});

test("an answer that is no problem document still says its status", () => {
  expect(toProblem(502, "<html>").message).toBe("HTTP 502");
});
