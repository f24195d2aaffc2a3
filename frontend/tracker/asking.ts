import type { Browser } from "./queue";
import { recall, remember } from "./visitor";

interface PushScript {
  subscribe: (base: string, worker: string) => Promise<Browser>;
  unsubscribe: (worker: string) => Promise<void>;
}

/** Where things are: Cadenza's scripts, and the service worker that the site itself serves. */
export interface Places {
  base: string;
  worker: string;
}

const viewsKey = "cdz_views";
const toldKey = "cdz_push";

export function isPossible(): boolean {
  return "Notification" in window && "PushManager" in window && "serviceWorker" in navigator;
}

/** Ask the visitor, unless it answered before; what it said, as `Notification.permission` does. */
export async function ask({ base, worker }: Places, tell: (browser: Browser) => void): Promise<string> {
  if (!isPossible()) return "unsupported";
  // First of all: browsers ask only while the click is fresh that this came of.
  const answer = await Notification.requestPermission();
  if (answer === "granted") {
    // First: the next page does it, or tells it once more, in case that this one is left before.
    remember(toldKey, "asked");
    const browser = await (await load(base)).subscribe(base, worker);
    tell({ ...browser, asked: true });
  }
  return answer;
}

/** A browser changes by itself where it is reached: tell that. Whoever took its word back is not asked again by this. */
export async function refresh({ base, worker }: Places, tell: (browser: Browser) => void): Promise<void> {
  const told = recall(toldKey);
  if (!told || !isPossible() || Notification.permission !== "granted") return;
  const browser = await (await load(base)).subscribe(base, worker);
  if (browser.endpoint === told) return;
  remember(toldKey, browser.endpoint);
  tell({ ...browser, asked: told === "asked" });
}

/** Consent was taken back: this browser takes nothing more. */
export async function leave({ base, worker }: Places): Promise<void> {
  if (!recall(toldKey)) return;
  remember(toldKey, "");
  await (await load(base)).unsubscribe(worker);
}

/** Count the pages seen; true when it is time to ask by itself, which is once. */
export function isTime(after: number): boolean {
  const views = Number(recall(viewsKey) ?? 0) + 1;
  remember(viewsKey, String(views));
  return views === after && isPossible() && Notification.permission === "default";
}

/** Most visitors are never asked: what subscribes them is loaded only then. */
async function load(base: string): Promise<PushScript> {
  const script: unknown = await import(/* @vite-ignore */ new URL("p.js", base).href);
  return script as PushScript;
}
