// Transmission's own web client, served by us: node transmission.js URL KEY TORRENT PEER FOLDER
import { launch, tell } from './browser.js';

const [url, password, torrent, peer, folder] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({
  viewport: { width: 1000, height: 700 },
  httpCredentials: { username: 'any', password },
});
const page = await context.newPage();
page.setDefaultTimeout(60_000);
const problems = [];
page.on('pageerror', (error) => problems.push(String(error)));
const root = new URL(url);

/** The seed is told of by our own API: the client has no button for it. */
async function offer() {
  const api = (method, path, body) =>
    fetch(new URL('/api/v1' + path, root), {
      method,
      headers: { 'X-API-Key': password, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
  const { torrents } = await (await api('GET', '/torrents')).json();
  await api('POST', `/torrents/${torrents[0].id}/peers`, { peers: [peer] });
}

await page.goto(new URL('/transmission/web/', root).href);
await page.locator('#toolbar-open').click();
await page.locator('#torrent_upload_file').setInputFiles(torrent);
await page.locator('#upload_confirm_button').click();
const row = page.locator('#torrent_list .torrent').filter({ hasText: 'clip' });
await row.waitFor();
tell('added');
await offer();
const progress = row.locator('.torrent_progress_details');
await progress.filter({ hasText: /\([1-9][0-9.]*%\)/ }).waitFor();
tell('progress', { text: await progress.innerText() });
await row.click();
await page.locator('#toolbar-inspector').click();
await page.locator('#inspector-tab-peers').click();
await page.locator('#inspector_peers_list').getByText('127.0.0.1').first().waitFor();
await page.locator('#inspector-tab-files').click();
await page.locator('#inspector_file_list').getByText('clip.webm').first().waitFor();
await page.screenshot({ path: `${folder}/transmission.png` });
await page.locator('#toolbar-pause').click();
await row.filter({ hasText: 'Paused' }).waitFor();
tell('stopped');
await page.locator('#toolbar-start').click();
await row.filter({ hasNotText: 'Paused' }).waitFor();
tell('started');
await page.locator('#toolbar-remove').click();
await page.locator('#dialog_confirm_button').click();
await row.waitFor({ state: 'detached' });
tell('removed');
tell('end', { problems });
await browser.close();
