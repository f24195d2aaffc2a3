import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import type { Json } from "@/flow/document";
import { Frame } from "@/nodes/testing/Frame";

import { WeekdaysControl } from "./time";

vi.setConfig({ testTimeout: 20_000 });

const field = { id: "days", name: "weekdays", label: "Days", description: undefined, error: undefined };
const state = { required: true, disabled: false, options: {}, schema: {} };

function Held({ onChange }: { onChange: (days: Json | undefined) => void }) {
  const [days, setDays] = useState<Json | undefined>([3]);
  const change = (next: Json | undefined) => {
    onChange(next);
    setDays(next);
  };
  return <WeekdaysControl {...field} {...state} value={days} onChange={change} />;
}

test("days are ticked by the keyboard, and kept in the order of the week", async () => {
  const onChange = vi.fn();
  render(<Held onChange={onChange} />, { wrapper: Frame });
  const user = userEvent.setup();
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: "Monday" }));
  await user.keyboard(" ");
  expect(onChange).toHaveBeenLastCalledWith([1, 3]);
  await user.click(screen.getByRole("checkbox", { name: "Wednesday" }));
  expect(onChange).toHaveBeenLastCalledWith([1]);
});
