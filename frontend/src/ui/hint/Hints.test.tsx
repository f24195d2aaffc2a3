import { MantineProvider } from "@mantine/core";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { hint } from "./hint";
import { Hints } from "./Hints";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function open() {
  render(
    <MantineProvider env="test">
      <button aria-label="Undo" {...hint("Undo", "right")}>
        <i>icon</i>
      </button>
      <button {...hint("You may not do this.")}>Delete</button>
      <p>elsewhere</p>
      <Hints />
    </MantineProvider>,
  );
  return {
    icon: screen.getByText("icon"),
    denied: screen.getByRole("button", { name: "Delete" }),
    elsewhere: screen.getByText("elsewhere"),
  };
}

const wait = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });
const shown = () => screen.queryByRole("tooltip")?.textContent;

test("what is pointed at says what it is after a moment, and no longer than it is pointed at", () => {
  const { icon, elsewhere } = open();
  fireEvent.pointerOver(icon);
  wait(300);
  expect(shown()).toBeUndefined();
  wait(100);
  expect(shown()).toBe("Undo");
  fireEvent.pointerOver(elsewhere);
  expect(shown()).toBeUndefined();
});

test("what is only passed over says nothing", () => {
  const { icon, elsewhere } = open();
  fireEvent.pointerOver(icon);
  fireEvent.pointerOver(elsewhere);
  wait(1000);
  expect(shown()).toBeUndefined();
});

test("pressing it takes the words away until it is pointed at anew", () => {
  const { icon, elsewhere } = open();
  fireEvent.pointerOver(icon);
  wait(400);
  fireEvent.pointerDown(icon);
  expect(shown()).toBeUndefined();
  fireEvent.pointerOver(icon);
  wait(400);
  expect(shown()).toBeUndefined();
  fireEvent.pointerOver(elsewhere);
  fireEvent.pointerOver(icon);
  wait(400);
  expect(shown()).toBe("Undo");
});

test("a finger asks for no words", () => {
  const { icon } = open();
  fireEvent.pointerOver(icon, { pointerType: "touch" });
  wait(400);
  expect(shown()).toBeUndefined();
});

function reach(button: HTMLElement) {
  // The browser of these tests does not tell a key from a click.
  const matches = (selector: string) => selector === ":focus-visible" || HTMLElement.prototype.matches.call(button, selector);
  Object.defineProperty(button, "matches", { value: matches });
  act(() => button.focus());
  wait(400);
}

test("who comes by keyboard is told, too, and keeps it while the mouse lies elsewhere", () => {
  const { denied, elsewhere } = open();
  reach(denied);
  expect(shown()).toBe("You may not do this.");
  fireEvent.pointerOver(elsewhere);
  expect(shown()).toBe("You may not do this.");
  act(() => denied.blur());
  expect(shown()).toBeUndefined();
});

test("any key takes it away", () => {
  const { denied } = open();
  reach(denied);
  fireEvent.keyDown(denied, { key: "Escape" });
  expect(shown()).toBeUndefined();
});

test("words that are not the name are read out with it, as long as they are shown", () => {
  const { icon, denied, elsewhere } = open();
  fireEvent.pointerOver(denied);
  wait(400);
  expect(denied.getAttribute("aria-describedby")).toBe(screen.getByText("You may not do this.").id);
  fireEvent.pointerOver(icon);
  wait(400);
  expect(denied.hasAttribute("aria-describedby")).toBe(false);
  expect(screen.getByRole("button", { name: "Undo" }).hasAttribute("aria-describedby")).toBe(false);
  fireEvent.pointerOver(elsewhere);
});

test("it follows words that change, and goes with what is taken away", async () => {
  open();
  const state = document.createElement("button");
  state.dataset["hint"] = "Saving";
  document.body.append(state);
  fireEvent.pointerOver(state);
  wait(400);
  const settle = (change: () => void) =>
    act(async () => {
      change();
      await vi.advanceTimersByTimeAsync(10);
    });
  await settle(() => (state.dataset["hint"] = "Refused"));
  expect(shown()).toBe("Refused");
  await settle(() => state.remove());
  expect(shown()).toBeUndefined();
});
