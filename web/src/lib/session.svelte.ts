import type { Status, Torrent } from './api';

/** How many seconds of rates the graph shows. */
const HISTORY = 240;

interface Change {
  full: boolean;
  torrents: Torrent[];
  removed: string[];
  status: Status;
}

/** All torrents, kept up to date by the server's events. */
export class Session {
  torrents = $state.raw<Torrent[]>([]);
  status = $state.raw<Status | undefined>(undefined);
  history = $state.raw<{ down: number; up: number }[]>([]);
  live = $state(false);
  private readonly all = new Map<string, Torrent>();
  private source: EventSource | undefined;

  open() {
    this.source = new EventSource('/api/v1/events');
    this.source.addEventListener('change', (event) => {
      this.live = true;
      this.take(JSON.parse((event as MessageEvent<string>).data) as Change);
    });
    this.source.onerror = () => (this.live = false);
    setInterval(() => this.remember(), 1000);
  }

  private take(change: Change) {
    if (change.full) this.all.clear();
    for (const torrent of change.torrents) {
      this.tell(torrent, change.full);
      this.all.set(torrent.id, torrent);
    }
    for (const id of change.removed) this.all.delete(id);
    this.torrents = [...this.all.values()];
    this.status = change.status;
  }

  /** Says so when a torrent is complete, if the user wants to know. */
  private tell(now: Torrent, full: boolean) {
    const before = this.all.get(now.id);
    const done = !full && before && !before.complete && now.complete;
    if (done && 'Notification' in window && Notification.permission === 'granted') {
      new Notification(now.name, { tag: now.id, body: '✓' });
    }
  }

  private remember() {
    const rates = { down: this.status?.downRate ?? 0, up: this.status?.upRate ?? 0 };
    this.history = [...this.history.slice(1 - HISTORY), rates];
  }
}
