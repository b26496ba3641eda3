// Transmission's own web client, served by us: node transmission.js URL KEY FOLDER
import { launch, tell } from './browser.js';

const [url, password, folder] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({ httpCredentials: { username: 'any', password } });
const page = await context.newPage();
page.setDefaultTimeout(120_000);
const problems = [];
page.on('pageerror', (error) => problems.push(String(error)));
await page.goto(url + 'transmission/web/');
const row = page.locator('.torrent').filter({ hasText: 'film' });
await row.first().waitFor();
tell('listed', { text: await row.first().innerText() });
await row.first().click();
await page.locator('#toolbar-pause').click();
await row.filter({ hasText: 'Paused' }).first().waitFor();
tell('paused');
await page.locator('#toolbar-start').click();
await row.filter({ hasNotText: 'Paused' }).first().waitFor();
tell('started');
await page.locator('#toolbar-inspector').click();
await page.locator('#inspector-tab-files').click();
await page.getByText('clip.webm').first().waitFor();
await page.screenshot({ path: `${folder}/transmission.png` });
tell('end', { problems });
await browser.close();
