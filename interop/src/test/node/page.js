// Our page as people use it: node page.js LINK TORRENT PEER FOLDER
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { launch, tell } from './browser.js';
import { Looks } from './looks.js';
import { SettingsTour } from './settings.js';

const [link, torrent, peer, folder] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({
  viewport: { width: 1280, height: 800 },
  locale: 'en-GB',
  colorScheme: 'light',
  reducedMotion: 'reduce',
  bypassCSP: true,
});
const page = await context.newPage();
page.setDefaultTimeout(120_000);
const problems = [];
page.on('pageerror', (error) => problems.push(String(error)));
let quiet = false;
page.on('console', (line) => line.type() === 'error' && !quiet && problems.push(line.text()));

// What the page asks of the browser and the desktop is written down.
await page.addInitScript(() => {
  globalThis.asked = { handlers: [], permissions: 0, told: [] };
  navigator.registerProtocolHandler = (...words) => globalThis.asked.handlers.push(words);
  globalThis.Notification = class {
    static get permission() {
      return localStorage.getItem('permission') ?? 'default';
    }
    static async requestPermission() {
      globalThis.asked.permissions++;
      localStorage.setItem('permission', 'granted');
      return 'granted';
    }
    constructor(title) {
      globalThis.asked.told.push(title);
    }
    close() {}
  };
});

const api = (method, path, body) =>
  page.evaluate(
    async ([m, p, b]) => {
      const answer = await fetch('/api/v1' + p, { method: m, body: b && JSON.stringify(b) });
      const text = await answer.text();
      return !text ? answer.status : /json/.test(answer.headers.get('Content-Type')) ? JSON.parse(text) : text;
    },
    [method, path, body],
  );
const looks = new Looks(page, folder);
const tour = new SettingsTour(page, api);
const shot = (name) => looks.shot(name);
const button = (called) => page.getByRole('button', { name: called, exact: true });
const row = (text) => page.getByRole('row').filter({ hasText: text });
const dialog = page.getByRole('dialog');
const grid = page.getByRole('grid');

await page.goto(link);
await grid.waitFor();
await looks.check('empty');
await shot('empty');
tell('in', { address: page.url().replace(/\d+/g, '') });
const root = new URL(link).origin;

// Nobody is asked for anything before they want it; then the desktop is told, and magnets come here.
const before = await page.evaluate(() => globalThis.asked.permissions);
await page.getByRole('button', { name: 'Settings' }).click();
await dialog.getByLabel('Tell me when a torrent is complete').check();
await dialog.getByRole('button', { name: 'Open magnet links' }).click();
await page.waitForFunction(() => globalThis.asked.permissions === 1);
const [[scheme, handler]] = await page.evaluate(() => globalThis.asked.handlers);
await page.keyboard.press('Escape');
tell('handler', { scheme, handler: handler.replace(root, ''), before });

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

// A torrent file is dropped, with one that is none: that is said, and keeps nothing else out.
await page.evaluate((files) => {
  const transfer = new DataTransfer();
  for (const [file, data] of files) transfer.items.add(new File([new Uint8Array(data)], file));
  window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
}, [['bad.torrent', [1, 2, 3]], ['clip.torrent', [...readFileSync(torrent)]]]);
await dialog.getByLabel('Category').fill('films');
await dialog.getByLabel('Choose files first').check();
await shot('add');
quiet = true;
await dialog.getByRole('button', { name: 'Add' }).click();
await dialog.getByLabel('clip.webm').waitFor();
await looks.check('choose', 'dialog');
await dialog.getByRole('button', { name: 'Start' }).click();
const refusal = page.getByRole('alert').filter({ hasText: 'bad.torrent: This is no torrent file' });
await refusal.waitFor();
await shot('refused');
quiet = false;
await page.keyboard.press('Escape');
await dialog.waitFor({ state: 'detached' });
await refusal.getByRole('button', { name: 'Close' }).click();
const name = grid.getByRole('button', { name: 'clip', exact: true });
await name.waitFor();
tell('added');

// A magnet link comes as the browser gives it, and by another page.
const magnet = 'magnet:?xt=urn:btih:6174206c6561737420736f6d65206279746573ab&dn=Some%20magnet';
await page.goto(handler.replace('%s', encodeURIComponent(magnet)));
const text = dialog.getByLabel('Magnet link or web address');
const byBrowser = await text.inputValue();
await dialog.getByRole('button', { name: 'Cancel' }).click();
await page.goto(`${root}/?add=${encodeURIComponent(magnet)}`);
const byPage = await text.inputValue();
await dialog.getByRole('button', { name: 'Cancel' }).click();
await dialog.waitFor({ state: 'detached' });
await page.evaluate((link) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', link);
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
}, magnet);
const pasted = await text.inputValue();
await dialog.getByRole('button', { name: 'Add' }).click();
await row('Some magnet').getByText('Metadata').waitFor();
const taken = [byBrowser, byPage, pasted].every((link) => link === magnet);
tell('magnet', { taken, address: page.url() === `${root}/` });

// What is searched for is all that is listed.
await dialog.waitFor({ state: 'detached' });
await page.getByRole('searchbox').fill('mag some');
await name.waitFor({ state: 'detached' });
const found = await page.locator('.body .row .name').allTextContents();
await page.getByRole('searchbox').fill('');
await name.waitFor();
tell('found', { right: found.join() === 'Some magnet' });

// Priorities are changed and the video is played while it comes.
const [{ id }] = (await api('GET', '/torrents')).torrents;
await name.click();
await page.getByRole('tab', { name: 'Files' }).click();
await page.getByRole('combobox', { name: 'Priority clip/clip.webm' }).selectOption('high');
let priority = '';
while (priority !== 'high') {
  const { files } = await api('GET', `/torrents/${id}/files`);
  priority = files.find((file) => file.path === 'clip/clip.webm').priority;
}
tell('priority', { priority });
// A browser wants some seconds of a video before it plays: the seed takes its time for all 36.
// It waits for the first data before there is anybody who has them.
await button('Play').click();
await page.locator('video').waitFor();
await api('POST', `/torrents/${id}/peers`, { peers: [peer] });
let playing = false;
let progress = 0;
while (!playing) {
  playing = await page.evaluate(() => document.querySelector('video')?.currentTime > 0.2);
  ({ progress } = await api('GET', `/torrents/${id}`));
  // A browser that has little of its machine is not to miss the end.
  if (progress > 0.4) await api('PATCH', `/torrents/${id}`, { downLimit: 2000 });
}
tell('playing', { progress });
// It is not to end while its peers and pieces are looked at.
await api('PATCH', `/torrents/${id}`, { downLimit: 2000 });
// A player of the machine plays it, too, by a link of a playlist, without a key.
const list = page.getByRole('link', { name: 'Open in VLC (playlist) clip/clip.webm' });
const { pathname, search } = new URL(await list.getAttribute('href'));
const links = (await api('GET', pathname.replace('/api/v1', '') + search)).split('\n');
const part = await fetch(links[2], { headers: { Range: 'bytes=0-99' } });
await page.waitForFunction(() => document.querySelector('video').textTracks[0]?.cues?.length === 2);
const said = await page.evaluate(() => document.querySelector('video').textTracks[0].cues[0].text);
await part.arrayBuffer();
tell('player', { status: part.status, said: said === 'Grün, blau.' });
await shot('light');
await page.getByRole('tab', { name: 'Swarm' }).click();
await page.locator('.swarm line.down').waitFor({ state: 'attached' });
await shot('swarm');
await page.getByRole('tab', { name: 'Peers' }).click();
await page.getByRole('cell', { name: peer }).waitFor();
tell('flags', { letters: await tour.flags(id) });
await shot('peers');
await page.getByRole('tab', { name: 'Pieces' }).click();
await page.getByText('Being fetched').waitFor();
await shot('pieces');
await page.getByRole('tab', { name: 'Speed' }).click();
await button('30 min').click();
await shot('speed');
await api('PATCH', `/torrents/${id}`, { downLimit: 0 });

// Meanwhile a torrent is made, by keys as far as they go, and its file is kept.
const data = (await api('GET', '/settings')).folder;
writeFileSync(`${data}/made.bin`, Buffer.alloc(100_000, 'made by hand '));
await grid.focus();
await page.keyboard.press('n');
await dialog.getByLabel('File or folder').fill('made.bin');
await dialog.getByLabel('Version').selectOption('hybrid');
await dialog.getByLabel('Piece size').selectOption('16384');
await dialog.getByRole('textbox', { name: 'Trackers' }).fill('http://127.0.0.1:9/announce');
await dialog.getByLabel('Comment').fill('made by hand');
await dialog.getByRole('button', { name: 'Make' }).click();
const coming = page.waitForEvent('download');
await dialog.getByRole('link', { name: 'Torrent file' }).click();
const made = readFileSync(await (await coming).path());
await shot('create');
await page.keyboard.press('Escape');
await row('made.bin').getByText('Seeding').waitFor();
tell('made', { bytes: made.length, comment: made.includes('made by hand') });

// It is removed and comes once more by a rule of a feed.
await row('made.bin').click({ position: { x: 400, y: 12 } });
await page.keyboard.press('Delete');
await dialog.getByText('made.bin').waitFor();
await dialog.getByRole('button', { name: 'Remove' }).click();
await row('made.bin').waitFor({ state: 'detached' });
const feed = createServer((request, answer) => {
  const own = `http://127.0.0.1:${feed.address().port}`;
  const item = (title) =>
    `<item><title>${title}</title><guid>${title}</guid>` +
    `<enclosure url="${own}/made.torrent" type="application/x-bittorrent"/></item>`;
  const items = item('Another thing') + item('A made thing');
  const all = `<rss version="2.0"><channel><title>Things</title>${items}</channel></rss>`;
  answer.end(request.url === '/made.torrent' ? made : all);
});
await new Promise((done) => feed.listen(0, '127.0.0.1', done));
await page.getByRole('button', { name: 'RSS' }).click();
await page.getByLabel('Address of a feed').fill(`http://127.0.0.1:${feed.address().port}/feed`);
await page.getByRole('button', { name: 'Follow' }).click();
await page.getByText('Another thing').waitFor();
await page.getByRole('button', { name: 'New rule' }).click();
const rule = page.getByRole('form', { name: 'Rule' });
await rule.getByLabel('Name').fill('made');
await rule.getByLabel('Title has', { exact: true }).fill('made');
await rule.getByLabel('Category').fill('feeds');
await rule.getByLabel('Folder').fill(data);
await rule.getByText('What it would take now (1)').waitFor();
const wanted = await rule.locator('.matches li').allTextContents();
await shot('rss');
await looks.check('rule', '.rule');
await page.getByLabel('Rules add torrents').check();
await rule.getByRole('button', { name: 'Save' }).click();
await page.getByRole('button', { name: 'Edit made' }).waitFor();
await button('Torrents').click();
await row('made.bin').getByText('Seeding').waitFor();
const [{ category }] = (await api('GET', '/torrents?search=made')).torrents;
feed.close();
tell('feed', { wanted, category });

// Keys stop and start it, select, sort and open the menu.
await row('made.bin').click({ position: { x: 400, y: 12 } });
await page.keyboard.press(' ');
await row('made.bin').getByText('Stopped').waitFor();
await page.keyboard.press(' ');
await row('made.bin').getByText('Seeding').waitFor();
const chosen = () => page.locator('.row[aria-selected=true] .name').allTextContents();
const all = await page.locator('.body .row .name').count();
const picked = [];
for (const keys of ['Home', 'Shift+End', 'End', 'Control+Home', 'Control+Space', 'Escape', 'Control+a']) {
  await page.keyboard.press(keys);
  picked.push((await chosen()).length);
}
await page.keyboard.press('Home');
await page.keyboard.press('Shift+F10');
await page.getByRole('menu').waitFor();
await page.keyboard.press('Escape');
await page.keyboard.press('Tab');
await page.keyboard.press('Home');
await page.keyboard.press('Enter');
await page.getByRole('columnheader', { name: 'Name ▴' }).waitFor();
await page.keyboard.press('Shift+F10');
await page.getByRole('menuitemcheckbox', { name: 'Seeds' }).press('Enter');
await page.keyboard.press('Escape');
await page.getByRole('columnheader', { name: 'Seeds' }).waitFor();
await page.keyboard.press('?');
await dialog.getByText('Start or stop').waitFor();
await shot('help');
await page.keyboard.press('Escape');
tell('selected', { right: picked.join() === [1, all, 1, 1, 2, 0, all].join() });
tell('keys');

await row('clip').getByText('Seeding').waitFor();
await page.waitForFunction(() => globalThis.asked.told.includes('clip'));
tell('complete');

// The menu renames it; the market and the log are looked at.
await name.click();
await page.getByRole('tab', { name: 'Files' }).click();
await page.getByRole('button', { name: 'Rename clip/clip.webm' }).click();
await dialog.getByLabel('New name').fill('clip/video.webm');
await dialog.getByRole('button', { name: 'Save' }).click();
await page.getByText('video.webm').first().waitFor();
await name.click({ button: 'right' });
await page.getByRole('menu').waitFor();
await shot('menu');
await page.getByRole('menuitem', { name: 'Rename' }).click();
await dialog.getByLabel('New name').fill('A film');
await dialog.getByRole('button', { name: 'Save' }).click();
await page.getByRole('button', { name: 'A film', exact: true }).waitFor();
tell('renamed');
await page.getByRole('tab', { name: 'Trackers' }).click();
await page.getByText('It has no trackers').waitFor();
await page.getByRole('button', { name: 'Add trackers' }).click();
await dialog.getByRole('textbox').fill('http://127.0.0.1:9/announce');
await dialog.getByRole('button', { name: 'Save' }).click();
await page.getByRole('button', { name: 'Remove http://127.0.0.1:9/announce' }).click();
await page.getByText('It has no trackers').waitFor();

// The market, and how all looks to those who need it to be clear.
await button('Wallet').click();
let wallet = {};
while (!(wallet.spent > 0)) wallet = await api('GET', '/wallet');
await page.getByText(/awarded a slot/).first().waitFor();
tell('wallet', wallet);
await shot('wallet-light');
await looks.wear('dark');
await shot('wallet');
await button('Torrents').click();
await page.getByRole('tab', { name: 'Overview' }).click();
await shot('dark');
await looks.wear('light');
await looks.check('torrents');
await looks.tour(page.getByRole('button', { name: 'A film', exact: true }));
tell('looks', { places: looks.seen.size, millis: Math.round(looks.millis) });
await button('Statistics').click();
await button('an hour').click();
await page.getByText('Running for').waitFor();
await shot('statistics');

// The daemon is away for a while: that is said, and the page goes on by itself.
await button('Log').click();
await page.getByText('complete').first().waitFor();
await shot('log');
quiet = true;
await context.setOffline(true);
const away = page.getByRole('alert').filter({ hasText: 'The daemon does not answer' });
await away.waitFor();
await shot('away');
await context.setOffline(false);
await away.waitFor({ state: 'detached' });
quiet = false;
tell('back');

// Keys work as soon as a dialog is closed; what is set is what the API says.
await button('Torrents').click();
const begun = performance.now();
tell('slash', { right: (await tour.keyAfterDialog()).join() === 'true,true' });
tell('set', await tour.all());
tell('tour', { millis: Math.round(performance.now() - begun) });

// In German, and on a phone.
await button('Settings').click();
await page.getByLabel('Language').selectOption('de');
await page.getByText('Einstellungen').first().waitFor();
await page.getByRole('tab', { name: 'Geschwindigkeit' }).click();
await looks.wear('dark');
await shot('settings');
await page.getByRole('button', { name: 'Abbrechen' }).click();
await button('Torrents').click();
await looks.wear('phone');
await shot('phone-details');
await page.getByRole('button', { name: 'Schließen' }).first().click();
await page.getByRole('checkbox', { name: 'A film auswählen' }).click();
await shot('phone');
await button('Statistik').click();
await shot('phone-statistics');
await page.getByRole('button', { name: 'Einstellungen', exact: true }).click();
await shot('phone-settings');

// Whoever logs out is out, until they come by another link.
const { url } = await api('POST', '/login-links');
quiet = true;
await page.getByRole('button', { name: 'Abmelden' }).click();
await page.getByLabel('Oder den Link hier einfügen').fill(url);
await looks.check('door');
await shot('door');
await page.getByRole('button', { name: 'Anmelden' }).click();
await button('Torrents').click();
await grid.waitFor();
tell('door');
tell('end', { problems });
await browser.close();
