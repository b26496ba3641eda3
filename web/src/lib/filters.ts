import type { Torrent } from './api';
import type { IconName } from './Icon.svelte';
import type { Key } from './text.svelte';

/** What is wanted of the list; what is empty wants all. */
export interface Wanted {
  state: Key;
  category: string;
  tag: string;
  tracker: string;
}

export const EVERYTHING: Wanted = { state: 'all', category: '', tag: '', tracker: '' };

/** Trackers that are named beside the list. */
const MOST_TRACKERS = 40;
const MOST_HOSTS = 10_000;

export const STATES: { key: Key & IconName; has: (x: Torrent) => boolean }[] = [
  { key: 'all', has: () => true },
  { key: 'downloading', has: (x) => x.state === 'downloading' || x.state === 'metadata' },
  { key: 'seeding', has: (x) => x.state === 'seeding' },
  { key: 'complete', has: (x) => x.complete },
  { key: 'active', has: (x) => x.downRate + x.upRate > 0 },
  { key: 'stopped', has: (x) => x.state === 'stopped' },
  { key: 'queued', has: (x) => x.state === 'queued' },
  { key: 'checking', has: (x) => x.state === 'checking' },
  { key: 'error', has: (x) => x.error !== '' },
];

const hosts = new Map<string, string>();

/** The host of a tracker's address. */
export function host(address: string): string {
  let found = hosts.get(address);
  if (found === undefined) {
    found = URL.canParse(address) ? new URL(address).hostname : address;
    if (hosts.size >= MOST_HOSTS) hosts.clear();
    hosts.set(address, found);
  }
  return found;
}

/** Whether a torrent is wanted whose name has all of the words. */
export function wants(wanted: Wanted, search: string): (x: Torrent) => boolean {
  const has = STATES.find((state) => state.key === wanted.state)!.has;
  const words = search.toLowerCase().split(/\s+/).filter((word) => word);
  return (x) => {
    if (!has(x) || (wanted.category && x.category !== wanted.category)) return false;
    if (wanted.tag && !x.tags.includes(wanted.tag)) return false;
    if (wanted.tracker && host(x.tracker) !== wanted.tracker) return false;
    if (words.length === 0) return true;
    const name = x.name.toLowerCase();
    return words.every((word) => name.includes(word));
  };
}

/** How many torrents there are of each kind. */
export interface Counts {
  states: number[];
  categories: [string, number][];
  tags: [string, number][];
  trackers: [string, number][];
}

export function count(torrents: Torrent[]): Counts {
  const states = STATES.map(() => 0);
  const categories = new Map<string, number>();
  const tags = new Map<string, number>();
  const trackers = new Map<string, number>();
  const one = (to: Map<string, number>, what: string) => to.set(what, (to.get(what) ?? 0) + 1);
  for (const torrent of torrents) {
    for (let i = 0; i < STATES.length; i++) if (STATES[i].has(torrent)) states[i]++;
    if (torrent.category) one(categories, torrent.category);
    for (const tag of torrent.tags) one(tags, tag);
    if (torrent.tracker) one(trackers, host(torrent.tracker));
  }
  const byName = (a: [string, number], b: [string, number]) => a[0].localeCompare(b[0]);
  return {
    states,
    categories: [...categories].sort(byName),
    tags: [...tags].sort(byName),
    trackers: [...trackers]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_TRACKERS)
      .sort(byName),
  };
}
