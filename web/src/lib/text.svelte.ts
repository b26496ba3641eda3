import de from './de.json';
import en from './en.json';

export type Key = keyof typeof en;
type Stem<K> = K extends `${infer S}.other` ? S : never;
/** A text of a number of things, which has a form for one of them and a form for others. */
export type Counted = Stem<Key>;
const catalogues: Record<string, Record<string, string>> = { en, de };

const kept = localStorage.getItem('language');
const usual = navigator.language.startsWith('de') ? 'de' : 'en';

/** The language of the page. */
export const language = $state({ code: kept ?? usual });

export function speak(code: string) {
  language.code = code;
  localStorage.setItem('language', code);
}

/** The language as this browser's user writes numbers and dates in it. */
function locale(code: string): string {
  return navigator.languages.find((one) => one === code || one.startsWith(`${code}-`)) ?? code;
}

// Formats take long to make, and there are some in each row.
const made = new Map<string, unknown>();

function format<T>(name: string, make: (locale: string) => T): T {
  const key = `${language.code} ${name}`;
  let found = made.get(key) as T | undefined;
  if (found === undefined) made.set(key, (found = make(locale(language.code))));
  return found;
}

function text(key: string): string {
  return catalogues[language.code]?.[key] ?? (en as Record<string, string>)[key];
}

function fill(pattern: string, words: Record<string, string | number>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => `${words[name] ?? whole}`);
}

/** The text with this key in the language of the page, with these words in it. */
export function t(key: Key, words?: Record<string, string | number>): string {
  return words ? fill(text(key), words) : text(key);
}

/** The text of a number of things; `{n}` in it is the number. */
export function tn(key: Counted, count: number): string {
  const form = format('plural', (of) => new Intl.PluralRules(of)).select(count);
  return fill(text(`${key}.${form}`) ?? text(`${key}.other`), { n: whole(count) });
}

/** The short name of a day of the week; Sunday is 0. */
export function weekday(day: number): string {
  // The first of January 2023 was a Sunday.
  return format(
    'weekday',
    (of) => new Intl.DateTimeFormat(of, { weekday: 'short', timeZone: 'UTC' }),
  ).format(Date.UTC(2023, 0, 1 + day));
}

/** A whole number. */
export function whole(count: number): string {
  return format('whole', (of) => new Intl.NumberFormat(of)).format(count);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  const number = format(
    `bytes${digits}`,
    (of) => new Intl.NumberFormat(of, { maximumFractionDigits: digits }),
  );
  return `${number.format(value)} ${UNITS[unit]}`;
}

/** What was given for what was taken. */
export function ratio(value: number): string {
  return format(
    'ratio',
    (of) => new Intl.NumberFormat(of, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  ).format(value);
}

/** An amount of micro-units in coins. */
export function coins(micros: number): string {
  return format(
    'coins',
    (of) => new Intl.NumberFormat(of, { minimumFractionDigits: 2, maximumFractionDigits: 6 }),
  ).format(micros / 1e6);
}

/** A moment, as short as it is clear. */
export function moment(millis: number): string {
  if (millis <= 0) return '';
  return format(
    'moment',
    (of) => new Intl.DateTimeFormat(of, { dateStyle: 'medium', timeStyle: 'medium' }),
  ).format(millis);
}

/** The flag of a country of two letters: each of them has a sign that programs draw as one. */
export function flag(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => String.fromCodePoint(0x1f1a5 + letter.charCodeAt(0)));
}

/** Its name in the language of the page. */
export function country(code: string): string {
  if (!code) return '';
  return format('country', (of) => new Intl.DisplayNames([of], { type: 'region' })).of(code) ?? code;
}

/** A rate; nothing where nothing is moved. */
export function rate(count: number): string {
  return count === 0 ? '' : perSecond(count);
}

export function perSecond(count: number): string {
  return `${bytes(count)}/s`;
}

export function percent(part: number): string {
  // What is not complete is never shown as 100 %.
  const shown = part >= 1 ? 1 : Math.min(part, 0.999);
  return format(
    'percent',
    (of) => new Intl.NumberFormat(of, { style: 'percent', maximumFractionDigits: 1 }),
  ).format(shown);
}

export function duration(seconds: number): string {
  if (seconds < 0) return '';
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${whole(days)} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min`;
  return `${Math.round(seconds)} s`;
}
