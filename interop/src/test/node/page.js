// Our page as people use it: node page.js LINK TORRENT PEER FOLDER
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, tell } from './browser.js';

const [link, torrent, peer, folder] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const browser = await launch();
const context = await browser.newContext({
  viewport: { width: 1280, height: 800 },
  locale: 'en-GB',
  colorScheme: 'light',
  bypassCSP: true,
});
const page = await context.newPage();
page.setDefaultTimeout(120_000);
const problems = [];
page.on('pageerror', (error) => problems.push(String(error)));
page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));

const api = (method, path, body) =>
  page.evaluate(
    async ([m, p, b]) => {
      const answer = await fetch('/api/v1' + p, { method: m, body: b && JSON.stringify(b) });
      const text = await answer.text();
      return text ? JSON.parse(text) : answer.status;
    },
    [method, path, body],
  );
const shot = (name) => page.screenshot({ path: `${folder}/${name}.png` });
async function check(name) {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  const serious = found
    .filter((v) => ['serious', 'critical'].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
  tell('axe', { name, serious });
}

await page.goto(link);
await page.getByRole('grid').waitFor();
await check('empty');
tell('in', { address: page.url().replace(/\d+/g, '') });

// Peers will be paid for speed.
await page.getByRole('button', { name: 'Wallet' }).click();
await page.getByLabel('Pay peers for speed').check();
await page.getByLabel('Most that is paid for a MiB').fill('0.5');
await page.getByLabel('Budget in all').fill('20');
await page.getByRole('button', { name: 'Save' }).click();
let terms = {};
while (!terms.buying) terms = await api('GET', '/wallet');
tell('bid', { price: terms.price, budget: terms.budget });
await page.getByRole('button', { name: 'Torrents' }).click();

// A torrent file is dropped.
const bytes = [...readFileSync(torrent)];
await page.evaluate((data) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(data)], 'clip.torrent'));
  window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
}, bytes);
const dialog = page.getByRole('dialog');
await dialog.getByLabel('Category').fill('films');
await dialog.getByRole('button', { name: 'Add' }).click();
const name = page.getByRole('button', { name: 'clip.webm', exact: true });
await name.waitFor();
tell('added');

// Priorities are changed and the video is played while it comes.
const [{ id }] = (await api('GET', '/torrents')).torrents;
await name.click();
await page.getByRole('tab', { name: 'Files' }).click();
await page.getByRole('combobox', { name: 'Priority' }).selectOption('high');
let priority = '';
while (priority !== 'high') {
  priority = (await api('GET', `/torrents/${id}/files`)).files[0].priority;
}
tell('priority', { priority });
// A browser wants some seconds of a video before it plays: the seed takes its time for all 36.
// It waits for the first data before there is anybody who has them.
await page.getByRole('button', { name: 'Play' }).click();
await page.locator('video').waitFor();
await api('POST', `/torrents/${id}/peers`, { peers: [peer] });
await page.waitForFunction(() => document.querySelector('video')?.currentTime > 0.2);
tell('playing', { progress: (await api('GET', `/torrents/${id}`)).progress });
await page.getByRole('tab', { name: 'Swarm' }).click();
await page.locator('.swarm line.down').waitFor({ state: 'attached' });
await shot('swarm');
await page.getByRole('tab', { name: 'Speed' }).click();
await page.getByRole('tab', { name: 'Files' }).click();
await page.locator('video').waitFor();
await shot('light');
await page.getByRole('row').getByText('Seeding').waitFor();
tell('complete');

// The menu renames it; the market and the log are looked at.
await page.getByRole('button', { name: 'Play' }).click();
await page.getByRole('button', { name: 'Rename clip.webm' }).click();
await page.getByLabel('New name').fill('video.webm');
await page.getByRole('button', { name: 'Save' }).click();
await page.getByText('video.webm').first().waitFor();
await name.click({ button: 'right' });
await page.getByRole('menu').waitFor();
await shot('menu');
await page.getByRole('menuitem', { name: 'Rename' }).click();
await page.getByLabel('New name').fill('A film');
await page.getByRole('button', { name: 'Save' }).click();
await page.getByRole('button', { name: 'A film' }).waitFor();
tell('renamed');
for (const tab of ['Overview', 'Peers', 'Trackers', 'Pieces']) {
  await page.getByRole('tab', { name: tab }).click();
}
await check('details');
await page.emulateMedia({ colorScheme: 'dark' });
await page.getByRole('tab', { name: 'Overview' }).click();
await page.getByRole('gridcell', { name: 'A film' }).waitFor();
await shot('dark');
await check('dark');
await page.getByRole('button', { name: 'Wallet' }).click();
await page.getByRole('heading', { name: 'Wallet' }).waitFor();
let wallet = {};
while (!(wallet.spent > 0)) wallet = await api('GET', '/wallet');
await page.getByText(/awarded a slot/).first().waitFor();
tell('wallet', wallet);
await shot('wallet');
await check('wallet');
await page.getByRole('button', { name: 'Log' }).click();
await page.getByText('complete').first().waitFor();
await shot('log');
await page.getByRole('button', { name: 'Settings' }).click();
await page.getByLabel('Language').selectOption('de');
await page.getByText('Einstellungen').first().waitFor();
await shot('settings');
await check('settings');
await page.getByRole('button', { name: 'Abbrechen' }).click();
await page.getByRole('button', { name: 'Torrents' }).click();
await page.setViewportSize({ width: 390, height: 780 });
await page.emulateMedia({ colorScheme: 'light' });
await shot('phone');
await check('phone');
tell('end', { problems });
await browser.close();
