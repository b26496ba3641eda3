import { call, tiers, type Torrent } from './api';
import type { Entry } from './Menu.svelte';
import { say } from './notes.svelte';
import { t, type Key } from './text.svelte';

/** Something that is asked for in a dialog. */
export interface Question {
  title: Key;
  label: Key;
  value: string;
  lines?: number;
  then: (text: string) => void;
}

/** What the menu of torrents needs of the page. */
export interface Desk {
  selected: () => Torrent[];
  each: (action: string) => void;
  ask: (question: Question) => void;
  remove: () => void;
  limits: () => void;
  tell: (problem: unknown) => void;
}

export async function change(desk: Desk, id: string, changed: object) {
  await call('PATCH', `/torrents/${id}`, changed).catch(desk.tell);
}

export function rename(desk: Desk, torrent: Torrent) {
  desk.ask({
    title: 'rename',
    label: 'newName',
    value: torrent.name,
    then: (name) => change(desk, torrent.id, { name }),
  });
}

export async function editTrackers(desk: Desk, torrent: Torrent) {
  try {
    const path = `/torrents/${torrent.id}/trackers`;
    const known = await call<{ trackers: { url: string; tier: number }[] }>('GET', path);
    const before: string[][] = [];
    for (const one of known.trackers) (before[one.tier] ??= []).push(one.url);
    desk.ask({
      title: 'editTrackers',
      label: 'trackerLines',
      value: before.map((tier) => tier.join('\n')).join('\n\n'),
      lines: 8,
      then: (text) => call('PUT', path, { tiers: tiers(text) }).catch(desk.tell),
    });
  } catch (refused) {
    desk.tell(refused);
  }
}

function magnet(torrent: Torrent): string {
  const hash = torrent.hashV1 ? `urn:btih:${torrent.hashV1}` : `urn:btmh:1220${torrent.hashV2}`;
  return `magnet:?xt=${hash}&dn=${encodeURIComponent(torrent.name)}`;
}

/** The menu of the selected torrents, of which {@code torrent} is one. */
export function entries(desk: Desk, torrent: Torrent): Entry[] {
  const all = (changed: (torrent: Torrent) => object) => {
    for (const one of desk.selected()) void change(desk, one.id, changed(one));
  };
  const split = (text: string) => text.split(',').map((tag) => tag.trim()).filter((tag) => tag);
  const move = (folder: string) => {
    for (const one of desk.selected()) {
      call('POST', `/torrents/${one.id}/move`, { folder }).catch(desk.tell);
    }
  };
  const links = () => desk.selected().map(magnet).join('\n');
  return [
    { key: 'start', run: () => desk.each('start') },
    { key: 'force', run: () => desk.each('force') },
    { key: 'stop', run: () => desk.each('stop') },
    { key: 'recheck', run: () => desk.each('recheck') },
    { key: 'reannounce', run: () => desk.each('reannounce') },
    {
      key: 'sequential',
      checked: torrent.sequential,
      run: () => all(() => ({ sequential: !torrent.sequential })),
    },
    { key: 'rename', run: () => rename(desk, torrent) },
    {
      key: 'setCategory',
      run: () =>
        desk.ask({
          title: 'setCategory',
          label: 'category',
          value: torrent.category,
          then: (category) => all(() => ({ category })),
        }),
    },
    {
      key: 'setTags',
      run: () =>
        desk.ask({
          title: 'setTags',
          label: 'tags',
          value: torrent.tags.join(', '),
          then: (text) => all(() => ({ tags: split(text) })),
        }),
    },
    { key: 'limits', run: desk.limits },
    {
      key: 'moveTo',
      run: () =>
        desk.ask({ title: 'moveTo', label: 'folder', value: torrent.folder, then: move }),
    },
    { key: 'editTrackers', run: () => editTrackers(desk, torrent) },
    {
      key: 'copyMagnet',
      run: () =>
        navigator.clipboard.writeText(links()).then(() => say(t('linkCopied')), desk.tell),
    },
    { key: 'remove', danger: true, run: desk.remove },
  ];
}
