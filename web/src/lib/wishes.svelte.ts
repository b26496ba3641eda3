/** What the user of this browser wants, kept in it. */
function kept(name: string, usual: boolean): boolean {
  const said = localStorage.getItem(name);
  return said === null ? usual : said === 'yes';
}

export const wishes = $state({
  /** Whether the desktop tells when torrents are complete. Nobody is asked before they want it. */
  notify: kept('notify', false),
  /** Whether single keys do something everywhere (WCAG 2.1.4). */
  keys: kept('keys', true),
});

export function wish(name: keyof typeof wishes, yes: boolean) {
  wishes[name] = yes;
  localStorage.setItem(name, yes ? 'yes' : 'no');
}

/** Asks the browser whether the desktop may be told; only after the user said so. */
export async function wishNotes(yes: boolean): Promise<boolean> {
  const able = 'Notification' in window;
  const may = yes && able && (await Notification.requestPermission()) === 'granted';
  wish('notify', may);
  return may === yes;
}

/** Tells the desktop, if its user wants to know. */
export function tellDesktop(title: string, body: string, tag: string, onclick: () => void) {
  if (!wishes.notify || !('Notification' in window) || Notification.permission !== 'granted') return;
  const note = new Notification(title, { tag, body });
  note.onclick = () => {
    window.focus();
    onclick();
    note.close();
  };
}
