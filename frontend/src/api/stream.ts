import type { ImportState, Notification } from "./types";

/** What the server tells while it happens. `open` is ours: the line (re)opened, so anything may have changed. */
export interface StreamEvents {
  open: null;
  notification: { notification: Notification; unread: number };
  unread: { unread: number };
  automation: { id: number };
  stats: { automation_id: number };
  hook: { automation_id: number; step: string };
  import: { id: number; state: ImportState; processed: number; total: number };
}

type Kind = keyof StreamEvents;
type Listener<K extends Kind> = (data: StreamEvents[K]) => void;

const served = ["notification", "unread", "automation", "stats", "hook", "import"] as const;
const firstWait = 1000;
const longestWait = 30_000;

/** One line to the server for the whole screen; opened by the shell, listened to by anyone. */
class Stream {
  private source: EventSource | null = null;
  private timer: number | undefined;
  private wait = firstWait;
  private readonly listeners: { [K in Kind]: Set<Listener<K>> } = {
    open: new Set(),
    notification: new Set(),
    unread: new Set(),
    automation: new Set(),
    stats: new Set(),
    hook: new Set(),
    import: new Set(),
  };

  start(): void {
    this.open();
    window.addEventListener("pagehide", this.hide);
    window.addEventListener("pageshow", this.show);
  }

  stop(): void {
    window.removeEventListener("pagehide", this.hide);
    window.removeEventListener("pageshow", this.show);
    this.close();
  }

  /** @returns a function that ends the listening. */
  on<K extends Kind>(kind: K, listener: Listener<K>): () => void {
    this.listeners[kind].add(listener);
    return () => this.listeners[kind].delete(listener);
  }

  // A page kept for the back button would keep its line too, and browsers allow a host only six over HTTP/1.1.
  private readonly hide = () => this.close();

  private readonly show = ({ persisted }: PageTransitionEvent) => {
    if (persisted) this.open();
  };

  private open(): void {
    if (this.source) return;
    const source = new EventSource("/api/stream");
    this.source = source;
    source.addEventListener("open", () => {
      this.wait = firstWait;
      this.tell("open", null);
    });
    for (const kind of served) {
      source.addEventListener(kind, (event) => this.tell(kind, JSON.parse(event.data as string)));
    }
    source.addEventListener("error", () => this.reopenIfClosed());
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private tell<K extends Kind>(kind: K, data: StreamEvents[K]): void {
    for (const listener of this.listeners[kind]) listener(data);
  }

  /** The browser reconnects by itself after a cut line, but gives up after a refusal (a proxy's 502 on restart). */
  private reopenIfClosed(): void {
    if (this.source?.readyState !== EventSource.CLOSED) return;
    this.close();
    this.timer = window.setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, longestWait);
  }
}

export const stream = new Stream();
