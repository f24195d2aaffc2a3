import { MantineProvider } from "@mantine/core";
import { focusManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { later } from "./later";

const fetched = vi.fn();
beforeEach(() => vi.stubGlobal("fetch", fetched));
afterEach(() => vi.unstubAllGlobals());

const load = vi.fn<() => Promise<(props: { name: string }) => string>>();
const Part = later("part", load, "on its way");

function show() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        The rest. <Part name="versions" />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

test("without a network it is not imported, which is told in its place, and tried again when asked", async () => {
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));
  load.mockResolvedValue(({ name }) => `Here are ${name}.`);
  show();
  expect((await screen.findByRole("alert")).textContent).toContain("error.failed.title");
  expect(screen.getByText("The rest.", { exact: false })).toBeTruthy();
  expect(load).not.toHaveBeenCalled();
  fetched.mockResolvedValue(new Response());
  fireEvent.click(screen.getByRole("button", { name: "retry" }));
  expect(await screen.findByText("Here are versions.", { exact: false })).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what breaks off on its way is told in its place, with the only way out", async () => {
  fetched.mockResolvedValue(new Response());
  load.mockRejectedValue(new TypeError("Failed to fetch dynamically imported module"));
  show();
  expect((await screen.findByRole("alert")).textContent).toContain("crash.part");
  expect(screen.getByRole("button", { name: "crash.reload" })).toBeTruthy();
  expect(screen.getByText("The rest.", { exact: false })).toBeTruthy();
  // Nor is it asked for behind one's back: not when one comes back to the window.
  const asked = load.mock.calls.length;
  act(() => {
    focusManager.setFocused(false);
    focusManager.setFocused(true);
  });
  await act(() => new Promise((done) => setTimeout(done, 20)));
  expect(load).toHaveBeenCalledTimes(asked);
  focusManager.setFocused(undefined);
});
