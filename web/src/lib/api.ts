/** A torrent as the API tells it. */
export interface Torrent {
  id: string;
  number: number;
  name: string;
  state: string;
  complete: boolean;
  progress: number;
  size: number;
  have: number;
  downloaded: number;
  uploaded: number;
  downRate: number;
  upRate: number;
  ratio: number;
  eta: number;
  peers: number;
  seeds: number;
  knownPeers: number;
  folder: string;
  category: string;
  tags: string[];
  tracker: string;
  added: number;
  error: string;
  hashV1: string;
  hashV2: string;
  sequential: boolean;
  completed: number;
}

/** What a torrent is where events leave something out. */
export const ABSENT: Torrent = {
  id: '',
  number: 0,
  name: '',
  state: '',
  complete: false,
  progress: 0,
  size: 0,
  have: 0,
  downloaded: 0,
  uploaded: 0,
  downRate: 0,
  upRate: 0,
  ratio: 0,
  eta: -1,
  peers: 0,
  seeds: 0,
  knownPeers: 0,
  folder: '',
  category: '',
  tags: [],
  tracker: '',
  added: 0,
  error: '',
  hashV1: '',
  hashV2: '',
  sequential: false,
  completed: 0,
};

export interface Status {
  torrents: number;
  downRate: number;
  upRate: number;
  freeBytes: number;
  alternative: boolean;
}

export interface TorrentFile {
  index: number;
  path: string;
  size: number;
  have: number;
  priority: string;
}

export interface Peer {
  address: string;
  port: number;
  /** Two letters, or nothing if nobody knows. */
  country: string;
  client: string;
  progress: number;
  downRate: number;
  upRate: number;
  incoming: boolean;
  utp: boolean;
  encrypted: boolean;
  interesting: boolean;
  chokingUs: boolean;
  interestedInUs: boolean;
  chokedByUs: boolean;
  snubbed: boolean;
}

export interface Tracker {
  url: string;
  tier: number;
  working: boolean;
  asked: number;
  peers: number;
  message: string;
}

export interface Trade {
  number: number;
  kind: string;
  peer: string;
  text: string;
}

export interface Wallet {
  configured: boolean;
  available: number;
  locked: number;
  earned: number;
  spent: number;
  buying: boolean;
  selling: boolean;
  price: number;
  budget: number;
  floor: number;
  /** The most that is paid for one torrent, and in a day; 0 for no limit. */
  torrentBudget?: number;
  dayBudget?: number;
  history: { earned: number; spent: number }[];
  trades: Trade[];
}

/** A torrent that is made. */
export interface Creation {
  id: string;
  source: string;
  version: string;
  state: string;
  progress: number;
  problem: string;
  /** When it was made or given up; 0 before. */
  ended: number;
}

/** Addresses of trackers in lines; an empty line begins the next tier. */
export function tiers(text: string): string[][] {
  return text
    .split(/\n\s*\n/)
    .map((tier) => tier.split('\n').map((url) => url.trim()).filter((url) => url))
    .filter((tier) => tier.length > 0);
}

/** The API refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const answer = await fetch('/api/v1' + path, {
    method,
    headers: body === undefined || form ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    let detail = text;
    try {
      detail = JSON.parse(text).detail;
    } catch {
      detail = `${answer.status}`;
    }
    throw new Refused(answer.status, detail);
  }
  return (text ? JSON.parse(text) : undefined) as T;
}
