import type { IconName } from './Icon.svelte';

export type View = 'torrents' | 'rss' | 'wallet' | 'log' | 'statistics';

/** What may be looked at, in the order of the keys for it. */
export const VIEWS: { key: View; icon: IconName }[] = [
  { key: 'torrents', icon: 'list' },
  { key: 'rss', icon: 'rss' },
  { key: 'wallet', icon: 'wallet' },
  { key: 'log', icon: 'log' },
  { key: 'statistics', icon: 'active' },
];
