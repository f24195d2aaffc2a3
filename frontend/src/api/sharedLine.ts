import { Line } from "./line";
import type { Kind, StreamEvents, Tell } from "./stream";

type Message = "ping" | "pong" | { kind: Kind; data: StreamEvents[Kind] };

const checkEveryMs = 20_000;
const patienceMs = 2000;

/** Whether this browser lets tabs agree on one of them; over plain HTTP (but on this machine) none does. */
export const canShare = (): boolean => "locks" in navigator && "BroadcastChannel" in window;

/**
 * One line for all tabs: browsers allow a host only six over HTTP/1.1. The tab that holds the lock holds the line and
 * passes on what it hears; the next one takes over when it is closed, or, while in sight, when it no longer answers. A
 * tab that is given no locks listens alone.
 */
export class SharedLine {
  private readonly channel: BroadcastChannel;
  private readonly line: Line;
  private turn = new AbortController();
  private end: () => void = () => undefined;
  private leading = false;
  private closed = false;
  private stealing = false;
  private alone = false;
  private readonly checks: number;
  private silence: number | undefined;

  constructor(
    private readonly name: string,
    private readonly tell: Tell,
  ) {
    this.channel = new BroadcastChannel(name);
    this.channel.addEventListener("message", ({ data }: MessageEvent<Message>) => this.hear(data));
    this.line = new Line((kind, data) => {
      tell(kind, data);
      this.say({ kind, data });
    });
    this.checks = window.setInterval(this.check, checkEveryMs);
    document.addEventListener("visibilitychange", this.check);
  }

  open(): void {
    void this.queue({ ifAvailable: true });
  }

  close(): void {
    this.closed = true;
    document.removeEventListener("visibilitychange", this.check);
    window.clearInterval(this.checks);
    window.clearTimeout(this.silence);
    this.turn.abort();
    this.end();
    this.line.close();
    this.channel.close();
  }

  /** Waits for the lead, keeps it while it lasts, and lines up again. */
  private async queue(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(this.name, options, this.lead);
    } catch {
      // The waiting was called off, or another tab took the lead. Else the browser gives no locks, and never will.
      if (!this.closed && !this.leading && !this.stealing) {
        this.listenAlone();
        return;
      }
    }
    if (this.closed) return;
    this.leading = false;
    this.line.close();
    this.turn = new AbortController();
    const next = this.stealing ? { steal: true } : { signal: this.turn.signal };
    this.stealing = false;
    await this.queue(next);
  }

  private listenAlone(): void {
    this.alone = true;
    window.clearInterval(this.checks);
    window.clearTimeout(this.silence);
    this.line.open();
  }

  private readonly lead = (lock: Lock | null): Promise<void> | undefined => {
    if (this.closed) return undefined;
    if (!lock) {
      this.tell("open", null);
      return undefined;
    }
    this.leading = true;
    // It came while we still waited for a sign of life: there is nothing to take.
    this.stealing = false;
    window.clearTimeout(this.silence);
    this.silence = undefined;
    this.line.open();
    return new Promise((resolve) => (this.end = resolve));
  };

  private say(message: Message): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    if (!this.closed && !this.alone) this.channel.postMessage(message);
  }

  private hear(message: Message): void {
    if (this.alone) return;
    if (message === "ping") {
      if (this.leading) this.say("pong");
      return;
    }
    window.clearTimeout(this.silence);
    this.silence = undefined;
    if (message !== "pong") this.tell(message.kind, message.data);
  }

  /** A tab in sight asks for a sign of life: browsers freeze those that are not. */
  private readonly check = (): void => {
    if (this.leading || this.alone || document.visibilityState !== "visible" || this.silence !== undefined) return;
    this.silence = window.setTimeout(() => {
      this.silence = undefined;
      this.stealing = true;
      this.turn.abort();
    }, patienceMs);
    this.say("ping");
  };
}
