// What is set in the page is what the API says, and the other way round.

export class SettingsTour {
  constructor(page, api) {
    this.page = page;
    this.api = api;
    this.dialog = page.getByRole('dialog');
  }

  button(called) {
    return this.page.getByRole('button', { name: called, exact: true });
  }

  /** Waits until the API says of {@code path} what is right. */
  async until(path, right) {
    for (let told; ; ) if (right((told = await this.api('GET', path)))) return told;
  }

  /** The flags of the only peer, as the page shows them and as they follow from the API; they change at any time. */
  async flags(torrent) {
    const cell = this.page.locator('.details td.flags');
    for (;;) {
      const { peers } = await this.api('GET', `/torrents/${torrent}/peers`);
      const shown = await cell.allTextContents();
      const [peer] = peers;
      if (peers.length === 1 && shown.length === 1 && shown[0] === letters(peer)) return shown[0];
    }
  }

  /** Closes a dialog and presses a key before the browser has told that it is closed. */
  async keyAfterDialog() {
    const { page } = this;
    await page.getByRole('grid').focus();
    await page.keyboard.press('?');
    await this.dialog.waitFor();
    await page.evaluate(() => {
      document.querySelector('dialog').close();
      const event = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    });
    const searching = await page.evaluate(() => document.activeElement.type === 'search');
    await this.dialog.waitFor({ state: 'detached' });
    // A box that is ticked is no place to type, either.
    await this.button('Wallet').click();
    await page.getByLabel('Pay peers for speed').focus();
    await page.keyboard.press('/');
    const again = await page.evaluate(() => document.activeElement.type === 'search');
    return [searching, again];
  }

  async all() {
    const { page, dialog } = this;
    await this.button('Wallet').click();
    await page.getByLabel('Least that is taken for a MiB').fill('0,25');
    await this.button('Save').click();
    const { floor } = await this.until('/wallet', (wallet) => wallet.floor === 250_000);

    await this.button('Settings').click();
    await dialog.getByRole('tab', { name: 'Speed' }).click();
    await dialog.getByLabel('Limit what is sent').check();
    await dialog.getByLabel('KiB/s sent at the most').first().fill('7000');
    await dialog.getByLabel('Connections in all').fill('123');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const set = await this.until('/settings', (all) => all.peers === 123);

    await this.button('Settings').click();
    await dialog.getByRole('tab', { name: 'Categories' }).click();
    const [made, changed, gone] = await this.category();
    await dialog.getByRole('tab', { name: 'Blocked addresses' }).click();
    await dialog.getByLabel('Banned addresses').fill('192.0.2.9\n2001:db8::9');
    await dialog.getByRole('button', { name: 'Save filter' }).click();
    const { banned } = await this.until('/filter', (filter) => filter.banned.length === 2);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    return {
      floor,
      limit: set['up-limited'] && set['up-limit'] === 7000 * 1024,
      category: [made, changed, gone],
      banned,
    };
  }

  /** One is made, changed and removed. */
  async category() {
    const { dialog } = this;
    const named = ({ categories }) => categories.find((one) => one.name === 'series');
    await dialog.getByRole('button', { name: 'New category' }).click();
    await dialog.getByLabel('Name').fill('series');
    await dialog.getByLabel('Folder').fill('tv');
    await dialog.getByRole('button', { name: 'Save category' }).click();
    const made = named(await this.until('/categories', named));
    await dialog.getByRole('button', { name: 'Edit series' }).click();
    await dialog.getByRole('combobox', { name: 'Ratio' }).selectOption('at');
    await dialog.getByRole('spinbutton', { name: 'Ratio' }).fill('1.5');
    await dialog.getByRole('button', { name: 'Save category' }).click();
    const right = (all) => named(all)?.share.ratio === 1.5;
    const changed = named(await this.until('/categories', right));
    await dialog.getByRole('button', { name: 'Remove series' }).click();
    const gone = await this.until('/categories', (all) => !named(all));
    return [made.folder.endsWith('tv'), changed.share.ratio, !named(gone)];
  }
}

/** As the page's own help says: letters of what is exchanged with a peer. */
function letters(peer) {
  const down = peer.chokingUs ? (peer.interesting ? 'd' : '') : peer.interesting ? 'D' : 'K';
  const up = peer.chokedByUs ? (peer.interestedInUs ? 'u' : '') : peer.interestedInUs ? 'U' : '?';
  const how = [peer.snubbed && 'S', peer.incoming && 'I', peer.encrypted && 'E', peer.utp && 'P'];
  return down + up + how.filter(Boolean).join('');
}
