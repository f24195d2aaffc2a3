import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { stream } from "./stream";

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static made: FakeSource[] = [];
  readyState = 1;
  constructor(readonly url: string) {
    super();
    FakeSource.made.push(this);
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
}

beforeEach(() => {
  FakeSource.made = [];
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("navigator", {}); // no locks: each tab has a line of its own
  vi.useFakeTimers();
});

afterEach(() => {
  stream.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("an event reaches its listeners until they stop listening", () => {
  const listener = vi.fn();
  stream.start(7);
  const off = stream.on("automation", listener);
  const tell = () => FakeSource.made[0]?.dispatchEvent(new MessageEvent("automation", { data: '{"id":7}' }));
  tell();
  off();
  tell();
  expect(listener.mock.calls).toEqual([[{ id: 7 }]]);
});

test("a refused line is opened again, each time after a longer wait", () => {
  stream.start(7);
  const refuse = () => {
    const source = FakeSource.made.at(-1);
    source?.close();
    source?.dispatchEvent(new Event("error"));
  };
  refuse();
  vi.advanceTimersByTime(1000);
  expect(FakeSource.made).toHaveLength(2);
  refuse();
  vi.advanceTimersByTime(1000);
  expect(FakeSource.made).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  expect(FakeSource.made).toHaveLength(3);
});

test("a cut line is left to the browser, which reconnects by itself", () => {
  stream.start(7);
  FakeSource.made[0]?.dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(60_000);
  expect(FakeSource.made).toHaveLength(1);
});

/** jsdom knows no event of a page that comes and goes. */
function turnPage(kind: "pagehide" | "pageshow", persisted: boolean) {
  window.dispatchEvent(Object.assign(new Event(kind), { persisted }));
}

test("a page kept for the back button lets go of its line, and opens it again when it is shown", () => {
  stream.start(7);
  turnPage("pagehide", true);
  expect(FakeSource.made.map(({ readyState }) => readyState)).toEqual([FakeSource.CLOSED]);
  turnPage("pageshow", true);
  expect(FakeSource.made.map(({ readyState }) => readyState)).toEqual([FakeSource.CLOSED, 1]);
});

test("a line that waits to be opened again does not open behind a hidden page", () => {
  stream.start(7);
  FakeSource.made[0]?.close();
  FakeSource.made[0]?.dispatchEvent(new Event("error"));
  turnPage("pagehide", true);
  vi.advanceTimersByTime(60_000);
  expect(FakeSource.made).toHaveLength(1);
});

test("the first showing of a page opens no second line, and after the end none opens at all", () => {
  stream.start(7);
  turnPage("pageshow", false);
  stream.stop();
  turnPage("pageshow", true);
  expect(FakeSource.made).toHaveLength(1);
});
