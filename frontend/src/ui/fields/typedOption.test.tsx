import { MantineProvider, MultiSelect, Select } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { theme } from "@/ui/theme/theme";

import { typedOption } from "./typedOption";

const data = ["SCORE", "LIFECYCLE", "CITY"];

async function onField(several: boolean) {
  const chosen = vi.fn();
  const common = { label: "Attribute", data, onChange: chosen, searchable: true };
  render(
    <MantineProvider env="test" theme={theme}>
      {several ? <MultiSelect {...common} /> : <Select {...common} defaultValue="SCORE" />}
      <button type="button">After</button>
    </MantineProvider>,
  );
  const field = screen.getByLabelText<HTMLInputElement>("Attribute", { selector: "input" });
  await userEvent.click(field);
  return { chosen: () => chosen.mock.lastCall?.[0] as unknown, field };
}

test.each([
  [false, "LIFECYCLE"],
  [true, ["LIFECYCLE"]],
])("Tab takes what was typed and goes on (several: %s)", async (several, taken) => {
  const { chosen, field } = await onField(several);
  await userEvent.clear(field);
  await userEvent.keyboard("life{Tab}");
  expect(chosen()).toEqual(taken);
  expect(document.activeElement?.textContent).toBe("After");
});

test("an option that is only marked is not what was typed, nor one after Enter or Esc", async () => {
  const { chosen, field } = await onField(false);
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(typedOption(field)).toBeNull();
  await userEvent.keyboard("{Tab}");
  expect(chosen()).toBeUndefined();
  await userEvent.click(field);
  await userEvent.clear(field);
  await userEvent.keyboard("ci");
  expect(typedOption(field)?.textContent).toBe("CITY");
  await userEvent.keyboard("{Enter}{ArrowDown}{ArrowDown}");
  expect(typedOption(field)).toBeNull();
  expect(chosen()).toBe("CITY");
});
