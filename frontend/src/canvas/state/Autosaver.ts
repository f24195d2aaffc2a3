/** Saves the draft by itself: soon after a change, again and again while the server is away, never over others' work. */

import { isProblem } from "@/api/problem";
import type { AutomationDocument } from "@/flow/document";

export type SaveState =
  | { readonly kind: "saved"; readonly at: Date }
  | { readonly kind: "pending" | "saving" | "offline" | "conflict" }
  | { readonly kind: "refused"; readonly reason: string };

/** What the server has. */
export interface Saved {
  readonly revision: number;
  readonly document: AutomationDocument;
}

/** A draft kept in the browser until the server has it, and what it was made from. */
export interface Kept {
  readonly base: Saved;
  readonly document: AutomationDocument;
}

interface Outside {
  save: (document: AutomationDocument, revision: number) => Promise<{ draft_revision: number }>;
  keep: (kept: Kept | null) => void;
  tell: (state: SaveState) => void;
}

const DELAY = 700;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 30_000;

export class Autosaver {
  private waiting: AutomationDocument | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private retry = FIRST_RETRY;
  private stopped = false;

  constructor(
    private base: Saved,
    private readonly outside: Outside,
  ) {}

  /** The draft changed: save it soon, unless it is again what the server has. */
  changed(document: AutomationDocument): void {
    if (document === this.base.document && !this.running && !this.stopped) {
      if (this.waiting) this.resume(this.base);
      return;
    }
    this.waiting = document;
    this.outside.keep({ base: this.base, document });
    if (this.stopped) return;
    this.outside.tell({ kind: "pending" });
    this.schedule(DELAY);
  }

  /** Save what waits, now. Resolves with the revision it became, or null when it could not be saved. */
  async flush(): Promise<number | null> {
    clearTimeout(this.timer);
    await this.running;
    if (this.waiting && !this.stopped) {
      this.running = this.send(this.waiting).finally(() => {
        this.running = null;
      });
      await this.running;
    }
    return this.waiting === null ? this.base.revision : null;
  }

  /** Whether something is not on the server yet. */
  get unsaved(): boolean {
    return this.waiting !== null || this.running !== null;
  }

  /** Somebody else changed the draft: save no more of `document`, or of what follows, until the user chose. */
  outdated(document: AutomationDocument): void {
    this.waiting = document;
    this.outside.keep({ base: this.base, document });
    this.stop();
    this.outside.tell({ kind: "conflict" });
  }

  /** What the server had when it was last heard of. */
  get saved(): Saved {
    return this.base;
  }

  /** Go on from what the server has now; nothing waits any more. */
  resume(base: Saved): void {
    this.base = base;
    this.stopped = false;
    this.waiting = null;
    this.outside.keep(null);
    this.outside.tell({ kind: "saved", at: new Date() });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  private async send(document: AutomationDocument): Promise<void> {
    this.outside.tell({ kind: "saving" });
    try {
      const { draft_revision } = await this.outside.save(document, this.base.revision);
      this.base = { revision: draft_revision, document };
      this.retry = FIRST_RETRY;
      this.afterSaving(document);
    } catch (error) {
      this.afterFailure(error);
    }
  }

  private afterSaving(document: AutomationDocument): void {
    if (this.waiting === document) {
      this.waiting = null;
      this.outside.keep(null);
      this.outside.tell({ kind: "saved", at: new Date() });
    } else {
      if (this.waiting) this.outside.keep({ base: this.base, document: this.waiting });
      this.schedule(DELAY);
    }
  }

  private afterFailure(error: unknown): void {
    if (isProblem(error, 409) && this.waiting) {
      this.outdated(this.waiting);
    } else if (isProblem(error) && error.status >= 400 && error.status < 500) {
      this.outside.tell({ kind: "refused", reason: error.message });
    } else {
      this.outside.tell({ kind: "offline" });
      this.schedule(this.retry);
      this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
    }
  }
}
