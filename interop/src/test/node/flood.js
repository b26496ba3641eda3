// Flood, a page for several programs, which speaks to us as to qBittorrent and as to Transmission:
// node flood.js URL KEY TORRENT FOLDER
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tell } from './browser.js';

const [given, key, torrent, destination] = process.argv.slice(2);
const url = given.replace(/\/$/, '');
const file = readFileSync(torrent).toString('base64');
const PATIENCE_MILLIS = 60_000;

const pause = (millis) => new Promise((done) => setTimeout(done, millis));

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function until(what, condition) {
  const end = Date.now() + PATIENCE_MILLIS;
  for (let last; ; await pause(100)) {
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what} has not come: ${last?.message ?? ''}`);
  }
}

/** Has one run of Flood do everything to a torrent; tells what it did and what failed. */
async function drive(name, options) {
  const port = await freePort();
  const run = mkdtempSync(join(tmpdir(), 'flood-'));
  const words = ['--auth', 'none', '--rundir', run, '--host', '127.0.0.1', '--port', `${port}`];
  const flood = spawn(
    process.execPath,
    ['node_modules/flood/dist/index.js', ...words, '--allowedpath', destination, ...options],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const base = `http://127.0.0.1:${port}/api`;
  let cookie = '';
  const ask = async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      headers: { cookie, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
    cookie ||= answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return text ? JSON.parse(text) : undefined;
  };
  const failed = [];
  let done = 0;
  const step = async (what, action) => {
    try {
      await action();
      done++;
    } catch (error) {
      failed.push(`${what}: ${error.message}`);
    }
  };
  const listed = async () => Object.values((await ask('GET', '/torrents')).torrents);
  let hashes = [];
  try {
    await until('flood', () => ask('GET', '/auth/verify'));
    await step('connected', () =>
      until('connection', async () => (await ask('GET', '/client/connection-test')).isConnected));
    await step('add', () =>
      ask('POST', '/torrents/add-files', { files: [file], destination, tags: ['one'], start: false }));
    await step('list', async () => {
      const one = await until('torrent', async () => (await listed())[0]);
      hashes = [one.hash.toLowerCase()];
      if (!one.name || !one.sizeBytes) throw new Error(JSON.stringify(one));
    });
    for (const action of ['start', 'stop', 'check-hash', 'reannounce']) {
      await step(action, () => ask('POST', `/torrents/${action}`, { hashes }));
    }
    await step('tags', async () => {
      await ask('PATCH', '/torrents/tags', { hashes, tags: ['two'] });
      await until('tag', async () => (await listed())[0].tags.includes('two'));
    });
    for (const part of ['contents', 'details', 'peers', 'trackers']) {
      await step(part, () => ask('GET', `/torrents/${hashes[0]}/${part}`));
    }
    await step('delete', async () => {
      await ask('POST', '/torrents/delete', { hashes, deleteData: true });
      await until('removal', async () => (await listed()).length === 0);
    });
  } finally {
    flood.kill();
  }
  tell(name, { done, failed });
}

await drive('flood-qbittorrent', ['--qburl', url, '--qbuser', 'any', '--qbpass', key]);
await drive('flood-transmission', [
  '--trurl',
  `${url}/transmission/rpc`,
  '--truser',
  'any',
  '--trpass',
  key,
]);
