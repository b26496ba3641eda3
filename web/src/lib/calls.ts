/** How the page is called by what is around it: links, other pages, the desktop. */

/** The word of a link that lets a browser in: in the link, or alone. */
export function wordOf(link: string): string {
  const found = /#login=([^#\s]+)/.exec(link);
  return found ? found[1] : '';
}

/** The link to a torrent with which the page was called; nothing if there is none. */
export function linkOf(place: Location): string {
  const asked = new URLSearchParams(place.search);
  const added = asked.get('add') || asked.get('link');
  if (added) return added;
  const named = /^#add=(.+)$/.exec(place.hash)?.[1] ?? '';
  try {
    return decodeURIComponent(named);
  } catch {
    return named;
  }
}

interface Launch {
  files?: { getFile(): Promise<File> }[];
}

/** Has torrent files come here that the desktop opens with the page, where it is installed. */
export function onFiles(take: (files: File[]) => void) {
  const { launchQueue } = window as unknown as {
    launchQueue?: { setConsumer(consumer: (launch: Launch) => void): void };
  };
  launchQueue?.setConsumer(async (launch) => {
    const files = await Promise.all((launch.files ?? []).map((file) => file.getFile()));
    if (files.length > 0) take(files);
  });
}
