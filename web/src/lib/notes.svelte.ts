/** What the page tells its user beside everything else. */
export interface Note {
  number: number;
  text: string;
  bad: boolean;
}

/** Notes that are seen at a time. */
const MOST = 4;
const GOOD_MILLIS = 6000;

export const notes = $state<{ all: Note[] }>({ all: [] });
let last = 0;

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
