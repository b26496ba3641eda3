// The npm packages by which apps speak to qBittorrent and Transmission: node clients.js URL KEY TORRENT
import { readFileSync } from 'node:fs';
import { QBittorrent } from '@ctrl/qbittorrent';
import { Transmission } from '@ctrl/transmission';
import { tell } from './browser.js';

const [baseUrl, password, torrent] = process.argv.slice(2);
const file = readFileSync(torrent);

async function calls(name, client, list) {
  const failed = [];
  let done = 0;
  for (const [call, run] of list) {
    try {
      await run(client);
      done++;
    } catch (error) {
      failed.push(`${call}: ${error.message}`);
    }
  }
  tell(name, { done, failed });
}

let hash = '';
let folder = '';
const qb = new QBittorrent({ baseUrl, username: 'any', password });
await calls('qbittorrent', qb, [
  ['login', (c) => c.login()],
  ['getAppVersion', (c) => c.getAppVersion()],
  ['getApiVersion', (c) => c.getApiVersion()],
  ['getBuildInfo', (c) => c.getBuildInfo()],
  ['getPreferences', (c) => c.getPreferences()],
  ['setPreferences', (c) => c.setPreferences({ max_connec: 400 })],
  ['addTorrent', (c) => c.addTorrent(file, { stopped: 'true', category: 'films' })],
  ['listTorrents', async (c) => (hash = (await c.listTorrents())[0].hash)],
  ['getAllData', (c) => c.getAllData()],
  ['getTorrent', (c) => c.getTorrent(hash)],
  ['torrentProperties', (c) => c.torrentProperties(hash)],
  ['torrentFiles', (c) => c.torrentFiles(hash)],
  ['torrentTrackers', (c) => c.torrentTrackers(hash)],
  ['torrentWebSeeds', (c) => c.torrentWebSeeds(hash)],
  ['torrentPieceStates', (c) => c.torrentPieceStates(hash)],
  ['setFilePriority', (c) => c.setFilePriority(hash, '0', 6)],
  ['addTrackers', (c) => c.addTrackers(hash, 'http://127.0.0.1:1/announce')],
  ['removeTrackers', (c) => c.removeTrackers(hash, 'http://127.0.0.1:2/announce')],
  ['createCategory', (c) => c.createCategory('books')],
  ['setTorrentCategory', (c) => c.setTorrentCategory(hash, 'books')],
  ['getCategories', (c) => c.getCategories()],
  ['removeCategory', (c) => c.removeCategory('books')],
  ['createTags', (c) => c.createTags('one,two')],
  ['addTorrentTags', (c) => c.addTorrentTags(hash, 'one')],
  ['getTags', (c) => c.getTags()],
  ['deleteTags', (c) => c.deleteTags('one,two')],
  ['setTorrentName', (c) => c.setTorrentName(hash, 'other')],
  [
    'topPriority',
    async (c) => {
      await c.setPreferences({ queueing_enabled: true });
      await c.topPriority(hash);
      await c.setPreferences({ queueing_enabled: false });
    },
  ],
  ['resumeTorrent', (c) => c.resumeTorrent(hash)],
  ['recheckTorrent', (c) => c.recheckTorrent(hash)],
  ['reannounceTorrent', (c) => c.reannounceTorrent(hash)],
  ['pauseTorrent', (c) => c.pauseTorrent(hash)],
  ['removeTorrent', (c) => c.removeTorrent(hash, true)],
  ['logout', (c) => c.logout()],
]);

const tr = new Transmission({ baseUrl, username: 'any', password });
await calls('transmission', tr, [
  ['getSession', async (c) => (folder = (await c.getSession()).arguments['download-dir'])],
  [
    'addTorrent',
    async (c) => {
      const added = await c.addTorrent(file, { paused: true, 'download-dir': folder });
      hash = added.arguments['torrent-added'].hashString;
    },
  ],
  ['listTorrents', (c) => c.listTorrents()],
  ['getAllData', (c) => c.getAllData()],
  ['getTorrent', (c) => c.getTorrent(hash)],
  ['setTorrent', (c) => c.setTorrent(hash, { labels: ['one'] })],
  ['queueTop', (c) => c.queueTop(hash)],
  ['queueBottom', (c) => c.queueBottom(hash)],
  ['resumeTorrent', (c) => c.resumeTorrent(hash)],
  ['verifyTorrent', (c) => c.verifyTorrent(hash)],
  ['reannounceTorrent', (c) => c.reannounceTorrent(hash)],
  ['pauseTorrent', (c) => c.pauseTorrent(hash)],
  ['freeSpace', (c) => c.freeSpace()],
  ['removeTorrent', (c) => c.removeTorrent(hash, false)],
]);
