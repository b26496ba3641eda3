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
  /** What kind of error it is, in a word for programs. */
  fault: string;
  downLimit: number;
  upLimit: number;
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
  fault: '',
  downLimit: 0,
  upLimit: 0,
  hashV1: '',
  hashV2: '',
  sequential: false,
  completed: 0,
};

export interface Status {
  torrents: number;
  active: number;
  errors: number;
  peers: number;
  peerPort: number;
  uptimeSeconds: number;
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
  /** When it is asked again; 0 if nobody knows. */
  next: number;
  peers: number;
  /** Negative: it did not say. */
  seeds: number;
  leeches: number;
  message: string;
}

export interface Trade {
  number: number;
  millis: number;
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
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** The daemon does not answer. */
export class Away extends Error {}

/** Where something of the daemon is; it may be below a folder of a proxy. */
export function address(path: string): string {
  return new URL(path.slice(1), document.baseURI.replace(/[?#].*/, '')).href;
}

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  let answer: Response;
  try {
    answer = await fetch(address('/api/v1' + path), {
      method,
      headers: body === undefined || form ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    });
  } catch (problem) {
    throw new Away(String(problem));
  }
  const text = await answer.text();
  if (!answer.ok) throw refusal(answer.status, text);
  return (text ? JSON.parse(text) : undefined) as T;
}

function refusal(status: number, text: string): Error {
  try {
    const { code, detail } = JSON.parse(text) as { code: string; detail: string };
    return new Refused(status, code, detail);
  } catch {
    // A proxy answers for a daemon that does not.
    return status >= 502 && status <= 504 ? new Away(text) : new Refused(status, '', `${status}`);
  }
}

/** Calls for each of many, some at a time; gives what was refused, by what it was for. */
export async function callEach<T>(
  all: T[],
  what: (one: T) => Promise<unknown>,
): Promise<[T, unknown][]> {
  const AT_ONCE = 6;
  const refused: [T, unknown][] = [];
  const left = [...all];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      try {
        await what(one);
      } catch (problem) {
        refused.push([one, problem]);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return refused;
}
