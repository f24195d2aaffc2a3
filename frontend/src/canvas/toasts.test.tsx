import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { fireEvent, render, screen, waitForElementToBeRemoved } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";

import { Problem } from "@/api/problem";
import { startTexts } from "@/i18n";
import { toastBroken, toastDone, toastProblem } from "@/ui/feedback/toast";

import { toastRefusal, toastUnfinished } from "./toasts";

beforeAll(startTexts);
afterEach(() => notifications.clean());

const said = "what is said";

test.each<[string, () => void]>([
  ["done", () => toastDone({ message: said })],
  ["undone", () => toastDone({ message: said, undo: () => undefined })],
  ["problem", () => toastProblem(new Problem(409, { detail: said }))],
  ["broken", () => void toastBroken(said)],
  ["refusal", () => toastRefusal(said)],
  ["unfinished", () => toastUnfinished(said, "go there", () => undefined)],
])("%s: whatever is told can be closed by a button that has a name", async (_, tell) => {
  render(
    <MantineProvider env="test">
      <Notifications />
    </MantineProvider>,
  );
  tell();
  await screen.findByText(said);
  const close = screen.getByRole("button", { name: "Close" });
  expect(close.tabIndex).toBe(0);
  fireEvent.click(close);
  if (screen.queryByText(said)) await waitForElementToBeRemoved(() => screen.queryByText(said));
});
