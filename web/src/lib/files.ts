import type { TorrentFile } from './api';

/** A folder of a torrent's files, or one of them. */
export interface Branch {
  name: string;
  path: string;
  /** How deep it is below the torrent. */
  depth: number;
  size: number;
  have: number;
  /** Of a file. */
  file?: TorrentFile;
  /** All files below it. */
  files: TorrentFile[];
}

interface Node {
  folders: Map<string, Node>;
  files: TorrentFile[];
}

function plant(files: TorrentFile[]): Node {
  const root: Node = { folders: new Map(), files: [] };
  for (const file of files) {
    let node = root;
    const parts = file.path.split('/');
    for (const part of parts.slice(0, -1)) {
      let next = node.folders.get(part);
      if (!next) node.folders.set(part, (next = { folders: new Map(), files: [] }));
      node = next;
    }
    node.files.push(file);
  }
  return root;
}

/** Folders and files as they are listed: folders first, without what is in those that are shut. */
export function branches(files: TorrentFile[], shut: Set<string>): Branch[] {
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  const rows: Branch[] = [];

  function walk(node: Node, prefix: string, depth: number, hidden: boolean): Branch {
    const sum: Branch = { name: '', path: prefix, depth, size: 0, have: 0, files: [] };
    const add = (size: number, have: number, some: TorrentFile[]) => {
      sum.size += size;
      sum.have += have;
      for (const file of some) sum.files.push(file);
    };
    for (const [name, folder] of [...node.folders].sort((a, b) => compare(a[0], b[0]))) {
      const path = prefix ? `${prefix}/${name}` : name;
      const at = rows.length;
      const below = walk(folder, path, depth + 1, hidden || shut.has(path));
      if (!hidden) rows.splice(at, 0, { ...below, name, path, depth });
      add(below.size, below.have, below.files);
    }
    const own = node.files.map((file) => ({ file, name: file.path.split('/').pop()! }));
    for (const { file, name } of own.sort((a, b) => compare(a.name, b.name))) {
      const { path, size, have } = file;
      if (!hidden) rows.push({ name, path, depth, size, have, file, files: [file] });
      add(size, have, [file]);
    }
    return sum;
  }

  walk(plant(files), '', 0, false);
  return rows;
}

/** The priority of all of them; nothing if they differ. */
export function priority(files: TorrentFile[]): string {
  const first = files[0]?.priority ?? '';
  return files.every((file) => file.priority === first) ? first : '';
}

const PLAYED = /\.(mp4|m4v|m4a|m4b|webm|mkv|mov|ogv|mp3|aac|ogg|oga|opus|wav|flac)$/i;
const FOREIGN = /\.(avi|wmv|flv|ts|m2ts|mpg|mpeg)$/i;
const SUBTITLES = /\.(srt|vtt)$/i;

/** Whether browsers may play it. */
export function isPlayable(path: string): boolean {
  return PLAYED.test(path);
}

/** Whether players do. */
export function isMedia(path: string): boolean {
  return PLAYED.test(path) || FOREIGN.test(path);
}

/** Subtitles of a film: in its folder or one below, those that are called as it is come first. */
export function subtitlesOf(film: TorrentFile, files: TorrentFile[]): TorrentFile[] {
  const folder = film.path.slice(0, film.path.lastIndexOf('/') + 1);
  const stem = film.path.replace(/\.[^./]*$/, '');
  const near = files.filter((file) => SUBTITLES.test(file.path) && file.path.startsWith(folder));
  const own = near.filter((file) => file.path.startsWith(stem));
  return own.length > 0 ? own : near;
}
