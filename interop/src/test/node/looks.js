// How our page looks: what axe finds in each view and dialog, in light, dark and on a phone, and pictures.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tell } from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };

// All rules are looked at in light; in dark those of colours, on a phone those of what is seen and how large it is.
const LAYOUT = ['target-size', 'scrollable-region-focusable', 'button-name', 'link-name', 'label', 'select-name'];
const MODES = {
  light: { size: WIDE, rules: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  dark: { size: WIDE, rules: ['color-contrast'] },
  phone: { size: PHONE, rules: LAYOUT },
};

export class Looks {
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
    this.seen = new Set();
    this.millis = 0;
  }

  async shot(name) {
    await this.page.screenshot({ path: `${this.folder}/${name}.png`, animations: 'disabled' });
  }

  async wear(mode) {
    await this.page.setViewportSize(MODES[mode].size);
    await this.page.emulateMedia({ colorScheme: mode === 'dark' ? 'dark' : 'light' });
  }

  /** Looks at a part of the page in light and, by turns, in dark or on a phone, and leaves it in light. */
  async check(name, part = 'body', modes = ['light', this.seen.size % 2 ? 'phone' : 'dark']) {
    const begin = performance.now();
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) {
      await this.page.evaluate(axe);
      await this.page.evaluate(() => globalThis.axe.configure({ allowedOrigins: ['<same_origin>'] }));
    }
    for (const mode of modes) {
      await this.wear(mode);
      const serious = await this.page.evaluate(look, [part, MODES[mode].rules]);
      tell('axe', { name, mode, serious });
    }
    if (modes.at(-1) !== 'light') await this.wear('light');
    this.seen.add(name);
    this.millis += performance.now() - begin;
  }

  /** All that is reached by the buttons of the page, while a torrent is chosen and its details open. */
  async tour(torrent) {
    const { page } = this;
    const dialog = page.getByRole('dialog');
    const shut = async () => {
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    };
    const tabs = async (box, part, prefix) => {
      for (const tab of await box.getByRole('tab').all()) {
        await tab.click();
        await this.check(`${prefix} ${await tab.textContent()}`, part);
      }
    };
    await tabs(page.locator('.details'), '.details', 'details');
    for (const view of ['RSS', 'Wallet', 'Log', 'Statistics']) {
      await page.getByRole('button', { name: view, exact: true }).click();
      await page.locator('.sheet h2').waitFor();
      await this.check(view, 'main');
    }
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await tabs(dialog, 'dialog', 'settings');
    await shut();
    await page.getByRole('button', { name: 'Torrents', exact: true }).click();
    for (const open of ['Add', 'Make a torrent', 'Keys and help', 'Remove']) {
      await page.getByRole('banner').getByRole('button', { name: open, exact: true }).click();
      await this.check(open, 'dialog');
      await shut();
    }
    await torrent.click({ button: 'right' });
    await this.check('menu', '.menu', ['light', 'dark']); // a phone has no right button
    await page.getByRole('menuitem', { name: 'Limits and sharing' }).click();
    await dialog.getByText('KiB/s').first().waitFor();
    await this.check('limits', 'dialog');
    await shut();
  }
}

/** In the page: what is serious there. */
async function look([part, runOnly]) {
  const rules = { 'target-size': { enabled: true } };
  const found = await globalThis.axe.run(part, { resultTypes: ['violations'], runOnly, rules });
  return found.violations
    .filter((v) => ['serious', 'critical'].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}
