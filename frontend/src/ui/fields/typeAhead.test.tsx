import { MantineProvider, Select } from "@mantine/core";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { theme } from "@/ui/theme/theme";

const data = ["Set", "Clear", "Add", "Subtract", "Élargir", "Set aside"];

async function onSelect(value: string | null = "Set") {
  const chosen = vi.fn();
  render(
    <MantineProvider env="test" theme={theme}>
      <Select label="Operation" data={data} value={value} onChange={chosen} />
      <button type="button">After</button>
    </MantineProvider>,
  );
  await userEvent.tab();
  const field = screen.getByLabelText<HTMLInputElement>("Operation", { selector: "input" });
  expect(document.activeElement).toBe(field);
  return { chosen, field };
}

const chosenBy = async (keys: string, value?: string | null) => {
  const { chosen } = await onSelect(value);
  await userEvent.keyboard(keys);
  return chosen.mock.lastCall?.[0] as unknown;
};

test.each([
  ["a letter", "a{Enter}", "Add"],
  ["a word", "su{Enter}", "Subtract"],
  ["a letter with a mark, without it", "e{Enter}", "Élargir"],
  ["a name with a space", "set a{Enter}", "Set aside"],
  ["the same letter again", "ss{Enter}", "Set aside"],
  ["an arrow after a letter", "a{ArrowDown}{Enter}", "Subtract"],
])("%s finds its option, and Enter takes it", async (_what, keys, option) => {
  expect(await chosenBy(keys)).toBe(option);
});

test("Enter takes what is marked, though the arrows were quicker than the list that opened", async () => {
  const { chosen, field } = await onSelect();
  for (const code of ["Enter", "ArrowDown", "ArrowDown"]) fireEvent.keyDown(field, { key: code, code });
  await new Promise((resolve) => window.setTimeout(resolve, 20));
  expect(document.querySelector("[data-combobox-selected]")?.textContent).toBe("Clear");
  fireEvent.keyDown(field, { key: "Enter", code: "Enter" });
  expect(chosen.mock.lastCall?.[0]).toBe("Clear");
});

test("Tab takes it and goes on", async () => {
  expect(await chosenBy("c{Tab}")).toBe("Clear");
  expect(document.activeElement?.textContent).toBe("After");
});

test("the option is marked in the open list, and told as what the field is at", async () => {
  const { field } = await onSelect();
  await userEvent.keyboard("a");
  const option = await screen.findByRole("option", { name: "Add" });
  await waitFor(() => expect(field.getAttribute("aria-activedescendant")).toBe(option.id));
});

test("what was chosen stays chosen when it is typed again", async () => {
  const { chosen, field } = await onSelect("Clear");
  await userEvent.keyboard("cl{Enter}");
  expect(chosen).not.toHaveBeenCalled();
  expect(field.getAttribute("aria-expanded")).toBe("false");
});

test("what nothing begins with chooses nothing, and Esc leaves all as it was", async () => {
  const { chosen, field } = await onSelect();
  await userEvent.keyboard("x{Escape}a{Escape}{Enter}");
  expect(chosen).not.toHaveBeenCalled();
  expect(field.value).toBe("Set");
});
