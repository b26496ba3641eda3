import de from './de.json';
import en from './en.json';

export type Key = keyof typeof en;
const catalogues: Record<string, Record<string, string>> = { en, de };

const kept = localStorage.getItem('language');
const usual = navigator.language.startsWith('de') ? 'de' : 'en';

/** The language of the page. */
export const language = $state({ code: kept ?? usual });

export function speak(code: string) {
  language.code = code;
  localStorage.setItem('language', code);
  document.documentElement.lang = code;
}

/** The text with this key in the language of the page. */
export function t(key: Key): string {
  return catalogues[language.code]?.[key] ?? en[key];
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const number = new Intl.NumberFormat(language.code, {
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  });
  return `${number.format(value)} ${UNITS[unit]}`;
}

/** An amount of micro-units in coins. */
export function coins(micros: number): string {
  return new Intl.NumberFormat(language.code, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(micros / 1e6);
}

/** A moment, as short as it is clear. */
export function moment(millis: number): string {
  if (millis <= 0) return '';
  return new Intl.DateTimeFormat(language.code, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(millis);
}

/** The flag of a country of two letters: each of them has a sign that programs draw as one. */
export function flag(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => String.fromCodePoint(0x1f1a5 + letter.charCodeAt(0)));
}

/** Its name in the language of the page. */
export function country(code: string): string {
  if (!code) return '';
  return new Intl.DisplayNames([language.code], { type: 'region' }).of(code) ?? code;
}

export function rate(count: number): string {
  return count === 0 ? '' : `${bytes(count)}/s`;
}

export function percent(part: number): string {
  // What is not complete is never shown as 100 %.
  const shown = part >= 1 ? 1 : Math.min(part, 0.999);
  return new Intl.NumberFormat(language.code, {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(shown);
}

export function duration(seconds: number): string {
  if (seconds < 0) return '';
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min`;
  return `${Math.round(seconds)} s`;
}
