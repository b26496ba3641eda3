import { Away, Refused } from './api';
import { t, type Key } from './text.svelte';

/** What the page tells its user beside everything else. */
export interface Note {
  number: number;
  text: string;
  bad: boolean;
}

/** Notes that are seen at a time. */
const MOST = 4;
const GOOD_MILLIS = 6000;
/** The daemon is not said to be away before this time: it may be back at once. */
const PATIENCE_MILLIS = 1500;

export const notes = $state<{ all: Note[] }>({ all: [] });
/** Dialogs that are open: the uppermost shows the notes, which nobody would see behind it. */
export const layers = $state({ open: 0 });
/** Whether the daemon answers. */
export const daemon = $state({ away: false });
let last = 0;
let missed: number | undefined;

function add(text: string, bad: boolean): number {
  const others = notes.all.filter((note) => note.text !== text);
  notes.all = [...others, { number: ++last, text, bad }].slice(-MOST);
  return last;
}

/** Tells that something was done; it goes by itself. */
export function say(text: string) {
  const number = add(text, false);
  setTimeout(() => drop(number), GOOD_MILLIS);
}

/** Tells of a problem; it stays until somebody has seen it. */
export function complain(text: string) {
  add(text, true);
}

export function drop(number: number) {
  notes.all = notes.all.filter((note) => note.number !== number);
}

/** The daemon did not answer. */
export function miss() {
  missed ??= setTimeout(() => (daemon.away = true), PATIENCE_MILLIS) as unknown as number;
}

/** It answers. */
export function meet() {
  clearTimeout(missed);
  missed = undefined;
  daemon.away = false;
}

/** What people can do about a refusal, by the code that programs get. */
const ADVICE: Record<string, Key> = {
  scope: 'adviceScope',
  host: 'adviceHost',
  origin: 'adviceOrigin',
  torrent: 'adviceTorrent',
  magnet: 'adviceMagnet',
  'too-large': 'adviceTooLarge',
  ledger: 'adviceLedger',
  internal: 'adviceInternal',
  readers: 'adviceReaders',
  slow: 'adviceSlow',
};

/** A problem in words. */
export function words(problem: unknown): string {
  if (problem instanceof Away) return t('away');
  if (problem instanceof Refused) {
    const advice = ADVICE[problem.code];
    return advice ? `${t(advice)} (${problem.message})` : problem.message;
  }
  return problem instanceof Error ? problem.message : String(problem);
}
