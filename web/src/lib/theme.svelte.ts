export type Theme = 'light dark' | 'light' | 'dark';

/** The colours that the user of this browser wants; both: those of the system. */
export const theme = $state({ name: (localStorage.getItem('theme') ?? 'light dark') as Theme });

export function wear(name: Theme) {
  theme.name = name;
  localStorage.setItem('theme', name);
}

/** Has the page, and what the browser draws around it, in these colours. */
export function paint(name: Theme) {
  document.documentElement.style.colorScheme = name;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.dataset.scheme!;
    const media = name === 'light dark' ? `(prefers-color-scheme: ${own})` : '';
    meta.media = media || (name === own ? 'all' : 'not all');
  }
}
