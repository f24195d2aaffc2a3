import type { Kind, StreamEvents, Tell } from "./stream";

const served = [
  "notification",
  "unread",
  "automation",
  "stats",
  "comments",
  "presence",
  "import",
  "hook",
] as const satisfies readonly Kind[];
const firstWait = 1000;
const longestWait = 30_000;

/** A line to the server: once opened it comes back by itself, until it is closed. */
export class Line {
  private source: EventSource | null = null;
  private timer: number | undefined;
  private wait = firstWait;

  constructor(private readonly tell: Tell) {}

  open(): void {
    if (this.source) return;
    const source = new EventSource("/api/stream");
    this.source = source;
    source.addEventListener("open", () => {
      this.wait = firstWait;
      this.tell("open", null);
    });
    for (const kind of served) {
      source.addEventListener(kind, (event) => this.tell(kind, JSON.parse(event.data as string) as StreamEvents[typeof kind]));
    }
    source.addEventListener("error", () => this.reopenIfClosed());
  }

  close(): void {
    window.clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  /** The browser reconnects by itself after a cut line, but gives up after a refusal (a proxy's 502 on restart). */
  private reopenIfClosed(): void {
    if (this.source?.readyState !== EventSource.CLOSED) return;
    this.close();
    this.tell("refused", null);
    this.timer = window.setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, longestWait);
  }
}
