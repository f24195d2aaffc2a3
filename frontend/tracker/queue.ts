export type Properties = Record<string, string | number | boolean | null>;

export interface Beacon {
  site: string;
  visitor: string;
  link?: Record<string, string>;
  identify?: { email?: string; ext_id?: string; attributes?: Properties };
}

interface Waiting {
  name: string;
  at: number;
  properties: Properties;
}

const most = 50;
const firstPause = 2000;
const longestPause = 60_000;

/** Sends in order, and keeps what could not be sent until it can. */
export class Queue {
  private events: Waiting[] = [];
  private beacons: { body: Beacon; events: Waiting[] }[] = [];
  private pause = firstPause;
  private busy = false;

  constructor(private readonly url: string) {}

  add(name: string, properties: Properties) {
    this.events.push({ name, at: Date.now(), properties });
  }

  flush(body: Beacon) {
    if (this.events.length === 0 && !body.identify && Object.keys(body.link ?? {}).length === 0) return;
    this.beacons.push({ body, events: this.events.splice(0, most) });
    void this.next();
  }

  private async next(): Promise<void> {
    const first = this.beacons[0];
    if (!first || this.busy) return;
    this.busy = true;
    const now = Date.now();
    const events = first.events.map(({ name, at, properties }) => ({ name, properties, ago: Math.max(0, now - at) }));
    const answer = await this.post(JSON.stringify({ ...first.body, events }));
    this.busy = false;
    // What is refused for good would be refused again.
    if (answer === "later") {
      setTimeout(() => void this.next(), this.pause);
      this.pause = Math.min(longestPause, this.pause * 2);
      return;
    }
    this.pause = firstPause;
    this.beacons.shift();
    await this.next();
  }

  /** As text, so that the browser asks nobody first; `keepalive`, so that it arrives when the page is left. */
  private async post(body: string): Promise<"done" | "later"> {
    try {
      const { status } = await fetch(this.url, { method: "POST", body, keepalive: true, credentials: "omit" });
      return status === 429 || status >= 500 ? "later" : "done";
    } catch {
      return "later";
    }
  }
}
