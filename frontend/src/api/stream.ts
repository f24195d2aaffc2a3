import { Line } from "./line";
import { SharedLine, canShare } from "./sharedLine";
import type { ImportState, Notification } from "./types";

/**
 * What the server tells while it happens. Two are ours: `open`, the line (re)opened, so anything may have changed; and
 * `refused`, the server would not open it.
 */
export interface StreamEvents {
  open: null;
  refused: null;
  notification: { notification: Notification; unread: number };
  unread: { unread: number };
  automation: { id: number };
  stats: { automation_id: number };
  hook: { automation_id: number; step: string };
  comments: { automation_id: number };
  presence: { automation_id: number };
  import: { id: number; state: ImportState; processed: number; total: number };
}

export type Kind = keyof StreamEvents;
export type Tell = <K extends Kind>(kind: K, data: StreamEvents[K]) => void;
type Listener<K extends Kind> = (data: StreamEvents[K]) => void;

/** What a screen hears from the server; opened by the shell, listened to by anyone. */
class Stream {
  private user = 0;
  private line: Line | SharedLine | null = null;
  private readonly listeners: { [K in Kind]: Set<Listener<K>> } = {
    open: new Set(),
    refused: new Set(),
    notification: new Set(),
    unread: new Set(),
    automation: new Set(),
    stats: new Set(),
    import: new Set(),
    hook: new Set(),
    comments: new Set(),
    presence: new Set(),
  };

  /** Begins to listen as a user, together with all tabs where the same user is signed in. */
  start(user: number): void {
    this.user = user;
    this.open();
    window.addEventListener("pagehide", this.close);
    window.addEventListener("pageshow", this.show);
    document.addEventListener("freeze", this.close);
    document.addEventListener("resume", this.open);
  }

  stop(): void {
    window.removeEventListener("pagehide", this.close);
    window.removeEventListener("pageshow", this.show);
    document.removeEventListener("freeze", this.close);
    document.removeEventListener("resume", this.open);
    this.close();
  }

  /** @returns a function that ends the listening. */
  on<K extends Kind>(kind: K, listener: Listener<K>): () => void {
    this.listeners[kind].add(listener);
    return () => this.listeners[kind].delete(listener);
  }

  private readonly open = (): void => {
    if (this.line) return;
    this.line = canShare() ? new SharedLine(`cadenza-stream-${String(this.user)}`, this.tell) : new Line(this.tell);
    this.line.open();
  };

  // A page that is kept for the back button, or frozen, would keep the line from the others.
  private readonly close = (): void => {
    this.line?.close();
    this.line = null;
  };

  private readonly show = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.open();
  };

  private readonly tell: Tell = (kind, data) => {
    for (const listener of this.listeners[kind]) listener(data);
  };
}

export const stream = new Stream();
