// A browser of the machine, driven by playwright-core.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const EXECUTABLE = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

export function launch() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

export function tell(event, more = {}) {
  console.log(JSON.stringify({ event, ...more }));
}
