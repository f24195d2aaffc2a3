import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import type { EdgeElement, StepElement } from "./flowElements";
import { TinyCounts } from "./TinyMarks";

const card = (id: string, data: object) => ({ id, position: { x: 0, y: 0 }, data }) as unknown as StepElement;

it("says from afar what the cards say near by: who stands, went on, failed and was lost, and who took a line", () => {
  const nodes = [card("a", { waiting: 12, passed: 3400, failed: 2, lost: 0.25 }), card("b", { waiting: 0, passed: 0 }), card("c", {})];
  const taken = { id: "a:yes", source: "a", data: { port: [0, 2], readOnly: true, count: 3500 } };
  const shared = { id: "a:no", source: "a", data: { port: [1, 2], readOnly: true, count: 3600, share: 0.75 } };
  render(
    <svg>
      <TinyCounts nodes={nodes} edges={[taken, shared] as unknown as EdgeElement[]} />
    </svg>,
  );
  expect(screen.getByTestId("tiny-counts-a").textContent).toBe("● 12  → 3.4K  ! 2  −25%");
  expect(screen.getByTestId("tiny-counts-b").textContent).toBe("→ 0");
  expect(screen.queryByTestId("tiny-counts-c")).toBeNull();
  expect(screen.getByText("3.5K")).toBeTruthy();
  expect(screen.getByText("75%")).toBeTruthy();
});
