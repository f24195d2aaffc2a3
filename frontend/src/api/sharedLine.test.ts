import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { SharedLine } from "./sharedLine";

class FakeSource extends EventTarget {
  static open: FakeSource[] = [];
  static opened = 0;
  constructor() {
    super();
    FakeSource.opened += 1;
    FakeSource.open.push(this);
  }
  close() {
    FakeSource.open = FakeSource.open.filter((each) => each !== this);
  }
}

/** One lock, handed from one to the next as browsers do it. */
class FakeLock {
  private holder: { reject: (reason: Error) => void } | null = null;
  private readonly waiting: (() => void)[] = [];

  request(options: LockOptions, lead: (lock: object | null) => Promise<void> | undefined): Promise<void> {
    if (options.ifAvailable && this.holder) return Promise.resolve(lead(null));
    return new Promise((resolve, reject) => {
      const hold = () => {
        const held = { reject };
        this.holder = held;
        const release = () => {
          resolve();
          if (this.holder === held) this.next();
        };
        void Promise.resolve(lead({})).then(release);
      };
      if (options.steal) {
        this.holder?.reject(new Error("stolen"));
        hold();
      } else if (!this.holder) {
        hold();
      } else {
        this.waiting.push(hold);
        options.signal?.addEventListener("abort", () => {
          this.waiting.splice(this.waiting.indexOf(hold), 1);
          reject(new Error("called off"));
        });
      }
    });
  }

  private next() {
    this.holder = null;
    this.waiting.shift()?.();
  }
}

class FakeLocks {
  private readonly byName = new Map<string, FakeLock>();

  request(name: string, ...rest: Parameters<FakeLock["request"]>): Promise<void> {
    const lock = this.byName.get(name) ?? new FakeLock();
    this.byName.set(name, lock);
    return lock.request(...rest);
  }
}

/** Tabs hear each other at once. */
class FakeChannel extends EventTarget {
  static all: FakeChannel[] = [];
  frozen = false;
  constructor(readonly name: string) {
    super();
    FakeChannel.all.push(this);
  }
  postMessage(data: unknown) {
    for (const each of FakeChannel.all) {
      if (each !== this && each.name === this.name && !each.frozen) each.dispatchEvent(new MessageEvent("message", { data }));
    }
  }
  close() {
    FakeChannel.all = FakeChannel.all.filter((each) => each !== this);
  }
}

const tabs: SharedLine[] = [];

beforeEach(() => {
  FakeSource.open = [];
  FakeSource.opened = 0;
  FakeChannel.all = [];
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("BroadcastChannel", FakeChannel);
  vi.stubGlobal("navigator", { locks: new FakeLocks() });
  vi.useFakeTimers();
});

afterEach(() => {
  for (const each of tabs.splice(0)) each.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function openTab(name = "user-7") {
  const tell = vi.fn();
  const line = new SharedLine(name, tell);
  tabs.push(line);
  line.open();
  await vi.advanceTimersByTimeAsync(0);
  return { line, tell };
}

function serve(id: number) {
  for (const each of FakeSource.open) each.dispatchEvent(new MessageEvent("automation", { data: JSON.stringify({ id }) }));
}

test("eight tabs share one line, and all hear what it tells", async () => {
  const eight = await Promise.all(Array.from({ length: 8 }, () => openTab()));
  serve(7);
  expect(FakeSource.open).toHaveLength(1);
  expect(eight.map(({ tell }) => tell.mock.lastCall)).toEqual(eight.map(() => ["automation", { id: 7 }]));
});

test("a tab that joins others counts the line as open, without a word to them", async () => {
  const first = await openTab();
  const second = await openTab();
  expect([first.tell.mock.calls, second.tell.mock.calls]).toEqual([[], [["open", null]]]);
});

test("the next tab takes over when the one that leads is closed", async () => {
  const first = await openTab();
  const second = await openTab();
  first.line.close();
  await vi.advanceTimersByTimeAsync(0);
  serve(8);
  expect(FakeSource.open).toHaveLength(1);
  expect(second.tell).toHaveBeenLastCalledWith("automation", { id: 8 });
});

test("a tab in sight takes the line from one that no longer answers, which lines up again", async () => {
  await openTab();
  const second = await openTab();
  const channel = FakeChannel.all[0];
  if (channel) channel.frozen = true;
  await vi.advanceTimersByTimeAsync(23_000);
  serve(9);
  expect(FakeSource.open).toHaveLength(1);
  expect(second.tell).toHaveBeenLastCalledWith("automation", { id: 9 });
  second.line.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeSource.open).toHaveLength(1);
});

test("who comes to lead while it waits for a sign of life robs nobody later", async () => {
  const first = await openTab();
  const second = await openTab();
  const [old, next] = FakeChannel.all;
  if (old) old.frozen = true;
  await vi.advanceTimersByTimeAsync(21_000);
  first.line.close();
  await vi.advanceTimersByTimeAsync(2000);
  const third = await openTab();
  if (next) next.frozen = true;
  await vi.advanceTimersByTimeAsync(23_000);
  serve(10);
  expect(FakeSource.opened).toBe(3);
  expect(third.tell).toHaveBeenLastCalledWith("automation", { id: 10 });
  expect(second.tell).not.toHaveBeenCalledWith("automation", { id: 10 });
});

test("a tab that is given no locks listens alone, and asks once", async () => {
  const request = vi.fn(async () => {
    if (request.mock.calls.length > 9) await new Promise(() => undefined);
    throw new DOMException("blocked", "SecurityError");
  });
  vi.stubGlobal("navigator", { locks: { request } });
  const tab = await openTab();
  serve(11);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([request.mock.calls.length, FakeSource.opened]).toEqual([1, 1]);
  expect(tab.tell).toHaveBeenLastCalledWith("automation", { id: 11 });
});

test("a tab that answers keeps the line", async () => {
  const first = await openTab();
  await openTab();
  const [line] = FakeSource.open;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(FakeSource.open).toEqual([line]);
  first.line.close();
});

test("tabs of another user have a line of their own", async () => {
  await openTab();
  await openTab("user-8");
  expect(FakeSource.open).toHaveLength(2);
});
