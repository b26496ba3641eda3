import { ABSENT, address, call, Refused, type Status, type Torrent } from './api';
import { meet, miss } from './notes.svelte';

/** How many seconds of rates the graph shows. */
const HISTORY = 240;

/** Of the time, the list of all may take one part in so many. */
const SHARE = 5;
const LONGEST_MILLIS = 2000;
const DRAWN_MILLIS = 40;
const AGAIN_MILLIS = 3000;

interface Change {
  full: boolean;
  more: boolean;
  torrents: Partial<Torrent>[];
  figures: Partial<Torrent>[];
  removed: string[];
  status: Status;
}

/**
 * All torrents, kept up to date by the server's events. A row that is seen shows its torrent as it
 * is; what depends on all of them, as order and counts do, is made anew as often as it is cheap.
 */
export class Session {
  /** All of them, as they were when the list was made. */
  torrents = $state.raw<Torrent[]>([]);
  /** Grows with each event. */
  version = $state(0);
  status = $state.raw<Status | undefined>(undefined);
  history = $state.raw<{ down: number; up: number }[]>([]);
  /** The same of the torrent that is looked at. */
  looked = $state.raw<{ down: number; up: number }[]>([]);
  live = $state(false);
  /** Whether all torrents have come. */
  ready = $state(false);
  private lookedAt = '';
  private all = new Map<string, Torrent>();
  /** What comes in place of all, if there are some already. */
  private next: Map<string, Torrent> | undefined;
  private source: EventSource | undefined;
  private timer: number | undefined;
  private clock: number | undefined;
  private waiting: number | undefined;
  private due = 0;

  /**
   * @param oncomplete hears of each torrent that becomes complete
   * @param onclosed hears that nobody is let in any more
   */
  constructor(
    private readonly oncomplete: (torrent: Torrent) => void,
    private readonly onclosed: () => void,
  ) {}

  open() {
    this.listen();
    this.clock ??= setInterval(() => this.remember(), 1000) as unknown as number;
  }

  private listen() {
    this.source?.close();
    const source = new EventSource(address('/api/v1/events'));
    this.source = source;
    source.onopen = meet;
    source.addEventListener('change', (event) => {
      this.live = true;
      this.take(JSON.parse((event as MessageEvent<string>).data) as Change);
    });
    source.onerror = () => {
      this.live = false;
      miss();
      // The browser goes on by itself, unless the server refused.
      if (source.readyState === EventSource.CLOSED) this.lost();
    };
  }

  /** The daemon did not answer: once it does, all is told anew. */
  lost() {
    this.live = false;
    miss();
    this.waiting ??= setTimeout(() => void this.again(), AGAIN_MILLIS) as unknown as number;
  }

  /** Nobody is let in any more. */
  close() {
    this.source?.close();
    meet();
  }

  private async again() {
    this.waiting = undefined;
    try {
      await call('GET', '/me');
    } catch (refused) {
      if (refused instanceof Refused && refused.status === 401) this.onclosed();
      else this.lost();
      return;
    }
    this.listen();
  }

  /** The torrent as it is. */
  get(id: string): Torrent | undefined {
    void this.version;
    return this.all.get(id);
  }

  private take(change: Change) {
    if (change.full) this.next = this.all.size > 0 ? new Map() : undefined;
    const to = this.next ?? this.all;
    for (const torrent of change.torrents) {
      const now: Torrent = { ...ABSENT, hashV1: torrent.id!, ...torrent };
      this.tell(now);
      to.set(now.id, now);
    }
    for (const figures of change.figures) {
      const before = this.all.get(figures.id!);
      if (before) this.all.set(before.id, { ...before, ...figures });
    }
    for (const id of change.removed) to.delete(id);
    if (this.next && !change.more) {
      this.all = this.next;
      this.next = undefined;
    }
    if (!change.more) this.ready = true;
    this.status = change.status;
    this.version++;
    this.arrangeSoon();
  }

  private arrangeSoon() {
    if (this.timer !== undefined) return;
    if (this.torrents.length === 0) {
      this.arrange();
      return;
    }
    // Rows that are seen are drawn first.
    const wait = Math.max(DRAWN_MILLIS, this.due - performance.now());
    this.timer = setTimeout(() => this.arrange(), wait) as unknown as number;
  }

  private arrange() {
    this.timer = undefined;
    const begin = performance.now();
    this.torrents = [...this.all.values()];
    // The page is drawn anew before the next task.
    setTimeout(() => {
      const end = performance.now();
      this.due = end + Math.min(LONGEST_MILLIS, (end - begin) * SHARE);
    });
    this.due = begin + LONGEST_MILLIS;
  }

  private tell(now: Torrent) {
    const before = this.all.get(now.id);
    if (before && !before.complete && now.complete) this.oncomplete(now);
  }

  /** Begins to remember the rates of another torrent. */
  lookAt(id: string) {
    if (id !== this.lookedAt) this.looked = [];
    this.lookedAt = id;
  }

  private remember() {
    const rates = { down: this.status?.downRate ?? 0, up: this.status?.upRate ?? 0 };
    this.history = [...this.history.slice(1 - HISTORY), rates];
    const torrent = this.all.get(this.lookedAt);
    if (torrent) {
      const its = { down: torrent.downRate, up: torrent.upRate };
      this.looked = [...this.looked.slice(1 - HISTORY), its];
    }
  }
}
