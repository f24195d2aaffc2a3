export type Properties = Record<string, string | number | boolean | null>;

/** Where a browser takes web push, and the keys that only it reads by; `asked`: its visitor has just agreed to it. */
export interface Browser {
  asked?: boolean;
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

export interface Beacon {
  site: string;
  visitor: string;
  link?: Record<string, string>;
  push?: Browser;
  identify?: { email?: string; ext_id?: string; attributes?: Properties };
}

interface Waiting {
  id: string;
  name: string;
  at: number;
  properties: Properties;
}

interface Parcel {
  body: Beacon;
  events: Waiting[];
  flying: boolean;
}

type Answer = "done" | "later" | "refused";

const most = 50;
const firstPause = 2000;
const longestPause = 60_000;

/** Sends in order, and keeps what could not be sent until it can. What arrives twice is told by its id. */
export class Queue {
  private events: Waiting[] = [];
  private parcels: Parcel[] = [];
  private pause = firstPause;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly url: string) {}

  add(name: string, properties: Properties) {
    this.events.push({ id: randomId(), name, at: Date.now(), properties });
  }

  flush(body: Beacon) {
    if (this.events.length > 0 || body.identify || body.push || Object.keys(body.link ?? {}).length > 0) {
      this.parcels.push({ body, events: this.events.splice(0, most), flying: false });
    }
    if (this.timer === undefined) void this.next();
  }

  /** The page may be gone in a moment: all that waits leaves at once. */
  hurry() {
    for (const parcel of this.parcels) if (!parcel.flying) void this.send(parcel);
  }

  /** Forget what was not sent yet. */
  clear() {
    this.events = [];
    this.parcels = [];
  }

  private async next(): Promise<void> {
    const first = this.parcels[0];
    if (!first || first.flying) return;
    if ((await this.send(first)) === "later") {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        void this.next();
      }, this.pause);
      this.pause = Math.min(longestPause, this.pause * 2);
      return;
    }
    this.pause = firstPause;
    await this.next();
  }

  private async send(parcel: Parcel): Promise<Answer> {
    parcel.flying = true;
    const answer = await this.post(parcel);
    parcel.flying = false;
    const { identify, link, push, ...rest } = parcel.body;
    if (answer === "refused" && (identify ?? push ?? link) && parcel.events.length > 0) {
      // What was done counts, even if who did it cannot be read.
      parcel.body = rest;
      return "done";
    }
    if (answer !== "later") this.parcels = this.parcels.filter((each) => each !== parcel);
    return answer;
  }

  /** As text, so that the browser asks nobody first; `keepalive`, so that it arrives when the page is left. */
  private async post({ body, events }: Parcel): Promise<Answer> {
    const now = Date.now();
    const told = events.map(({ id, name, at, properties }) => ({ id, name, properties, ago: Math.max(0, now - at) }));
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body: JSON.stringify({ ...body, events: told }),
        keepalive: true,
        credentials: "omit",
      });
      if (answer.ok) return "done";
      if (answer.status === 429 || answer.status >= 500) return "later";
      // oxlint-disable-next-line no-console -- whoever builds the page looks for it there
      console.warn("Cadenza:", await answer.text());
      return "refused";
    } catch {
      return "later";
    }
  }
}

/** A name that no other has. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCodePoint(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}
