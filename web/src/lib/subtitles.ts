/** A text and when it is seen, in seconds. */
export interface Cue {
  start: number;
  end: number;
  text: string;
}

/** Longest file of subtitles, and most texts of one. */
export const MAX_BYTES = 4 << 20;
const MAX_CUES = 20_000;

const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`;
const TIMES = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}`);

function seconds(parts: (string | undefined)[]): number {
  const [hours = '0', minutes = '0', rest = '0', millis = '0'] = parts;
  return +hours * 3600 + +minutes * 60 + +rest + +millis.padEnd(3, '0') / 1000;
}

/** The text of a file: UTF-8, or what old ones are written in. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What a file in SubRip's format or WebVTT shows; what is neither is left out. */
export function cues(file: string): Cue[] {
  const found: Cue[] = [];
  let open: Cue | undefined;
  for (const line of file.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const times = TIMES.exec(line);
    if (times && found.length < MAX_CUES) {
      const [start, end] = [seconds(times.slice(1, 5)), seconds(times.slice(5, 9))];
      open = { start, end, text: '' };
      if (end > start) found.push(open);
    } else if (line.trim() === '') {
      open = undefined;
    } else if (open) {
      open.text += (open.text ? '\n' : '') + line.replace(/<\/?font[^>]*>|\{\\[^}]*\}/gi, '');
    }
  }
  return found.filter((cue) => cue.text);
}
