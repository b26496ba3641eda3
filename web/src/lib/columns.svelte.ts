import type { Torrent } from './api';
import { host } from './filters';
import { bytes, duration, moment, rate, ratio, whole, type Key } from './text.svelte';

/** A column of the list: what it is sorted by, and what it shows. */
export interface Column {
  key: Key;
  width: string;
  value: (x: Torrent) => string | number;
  text: (x: Torrent) => string;
}

const LEAST_WIDTH = 48;

export const COLUMNS: Column[] = [
  {
    key: 'name',
    width: 'minmax(180px, 1fr)',
    value: (x) => x.name.toLowerCase(),
    text: (x) => x.name,
  },
  {
    key: 'size',
    width: '84px',
    value: (x) => x.size,
    text: (x) => (x.size > 0 ? bytes(x.size) : ''),
  },
  { key: 'progress', width: '150px', value: (x) => x.progress, text: () => '' },
  { key: 'state', width: '128px', value: (x) => x.state, text: () => '' },
  { key: 'down', width: '92px', value: (x) => x.downRate, text: (x) => rate(x.downRate) },
  { key: 'up', width: '92px', value: (x) => x.upRate, text: (x) => rate(x.upRate) },
  {
    key: 'eta',
    width: '84px',
    value: (x) => (x.eta < 0 ? Infinity : x.eta),
    text: (x) => duration(x.eta),
  },
  { key: 'peers', width: '64px', value: (x) => x.peers, text: (x) => whole(x.peers) },
  { key: 'seeds', width: '64px', value: (x) => x.seeds, text: (x) => whole(x.seeds) },
  { key: 'ratio', width: '72px', value: (x) => x.ratio, text: (x) => ratio(x.ratio) },
  { key: 'category', width: '110px', value: (x) => x.category, text: (x) => x.category },
  {
    key: 'tags',
    width: '120px',
    value: (x) => x.tags.join(', '),
    text: (x) => x.tags.join(', '),
  },
  { key: 'added', width: '180px', value: (x) => x.added, text: (x) => moment(x.added) },
  {
    key: 'completed',
    width: '180px',
    value: (x) => x.completed,
    text: (x) => moment(x.completed),
  },
  {
    key: 'downloaded',
    width: '100px',
    value: (x) => x.downloaded,
    text: (x) => bytes(x.downloaded),
  },
  { key: 'uploaded', width: '100px', value: (x) => x.uploaded, text: (x) => bytes(x.uploaded) },
  { key: 'folder', width: '200px', value: (x) => x.folder, text: (x) => x.folder },
  {
    key: 'tracker',
    width: '160px',
    value: (x) => host(x.tracker),
    text: (x) => host(x.tracker),
  },
];

const USUAL = ['name', 'size', 'progress', 'state', 'down', 'up', 'eta', 'peers', 'ratio'];

function read<T>(name: string, usual: T): T {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') ?? usual;
  } catch {
    return usual;
  }
}

/** Which columns are seen, in which order and how wide; kept in the browser. */
export class Layout {
  private keys = $state.raw<string[]>(read('columns', USUAL));
  private widths = $state.raw<Record<string, number>>(read('widths', {}));
  readonly columns = $derived(
    this.keys.flatMap((key) => COLUMNS.find((column) => column.key === key) ?? []),
  );
  readonly grid = $derived(
    this.columns
      .map((column) => (this.widths[column.key] ? `${this.widths[column.key]}px` : column.width))
      .join(' '),
  );
  /** Pixels that it needs at the least. */
  readonly least = $derived(
    this.columns
      .map((column) => this.widths[column.key] ?? Number(/\d+/.exec(column.width)![0]))
      .reduce((a, b) => a + b, 0),
  );

  has(key: string): boolean {
    return this.keys.includes(key);
  }

  toggle(key: string) {
    this.keep(this.has(key) ? this.keys.filter((k) => k !== key) : [...this.keys, key]);
  }

  /** Puts a column where another one is. */
  move(key: string, to: string) {
    if (key === to || !this.has(key) || !this.has(to)) return;
    const at = this.keys.indexOf(to);
    const next = this.keys.filter((k) => k !== key);
    next.splice(at, 0, key);
    this.keep(next);
  }

  widen(key: string, pixels: number) {
    this.widths = { ...this.widths, [key]: Math.max(LEAST_WIDTH, Math.round(pixels)) };
    localStorage.setItem('widths', JSON.stringify(this.widths));
  }

  /** As it was in the beginning. */
  reset() {
    this.widths = {};
    localStorage.removeItem('widths');
    this.keep(USUAL);
  }

  private keep(keys: string[]) {
    this.keys = keys;
    localStorage.setItem('columns', JSON.stringify(keys));
  }
}
