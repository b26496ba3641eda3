// Measures our page with many torrents: node page.js LINK KEY COUNT. Prints JSON lines.
import { launch, tell } from './browser.js';

const [link, key, count] = process.argv.slice(2);
const LOADS = 3;
const CHANGES = 40;
const FRAMES = 300;
const PAGES = 50;
const root = new URL(link).origin;
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
page.setDefaultTimeout(120_000);

// The moment at which the first row has been painted, and the first with all rows known.
await page.addInitScript((rows) => {
  const seen = {};
  globalThis.seen = seen;
  const look = () => {
    const table = document.querySelector('[role=grid]');
    if (!seen.row && table?.querySelector('.body .row')) seen.row = performance.now();
    if (!seen.all && Number(table?.getAttribute('aria-rowcount')) === rows + 1)
      seen.all = performance.now();
    if (!seen.all) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}, Number(count));

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const most = (list, share) => [...list].sort((a, b) => a - b)[Math.floor(list.length * share)];

for (let i = 0; i < LOADS; i++) {
  await page.goto(i === 0 ? link : root + '/');
  await page.waitForFunction(() => globalThis.seen.all);
  const seen = await page.evaluate(() => ({
    ...globalThis.seen,
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));
  tell('loaded', {
    first_paint_ms: Math.round(seen.paint),
    first_row_ms: Math.round(seen.row),
    all_rows_ms: Math.round(seen.all),
  });
}

// After each frame of scrolling, are all rows there that should be seen?
for (const step of [120, 800, 40_000]) {
  const result = await page.evaluate(
    async ([frames, by]) => {
      const box = document.querySelector('[role=grid]');
      const body = box.querySelector('.body');
      const row = body.firstElementChild.offsetHeight;
      const next = () => new Promise((done) => requestAnimationFrame(done));
      box.scrollTop = 0;
      await next();
      await next();
      const times = [];
      let missing = 0;
      let last = performance.now();
      for (let i = 0; i < frames; i++) {
        box.scrollTop += by;
        await next();
        await next();
        const now = performance.now();
        times.push((now - last) / 2);
        last = now;
        const there = new Set(
          [...body.children].map((each) => Number(each.getAttribute('aria-rowindex')) - 2),
        );
        const head = box.querySelector('.head').offsetHeight;
        const first = Math.floor(box.scrollTop / row);
        const end = Math.floor((box.scrollTop + box.clientHeight - head - 1) / row);
        for (let index = first; index <= end; index++) {
          if (!there.has(index) && index * row < body.offsetHeight) missing++;
        }
      }
      times.sort((a, b) => a - b);
      return {
        missing_rows: missing,
        frame_ms: Math.round(times[Math.floor(times.length / 2)]),
        slow_frame_ms: Math.round(times[Math.floor(times.length * 0.95)]),
        rows_in_document: body.children.length,
      };
    },
    [FRAMES, step],
  );
  tell('scrolled', { pixels_a_frame: step, ...result });
}

// From a request that renames a torrent to the frame that shows the name.
await page.evaluate(() => (document.querySelector('[role=grid]').scrollTop = 0));
const api = (method, path, body) =>
  fetch(root + '/api/v1' + path, {
    method,
    headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
const { torrents } = await (await api('GET', '/torrents?sort=-added&limit=1')).json();
const late = [];
const heard = [];
for (let i = 0; i < CHANGES; i++) {
  const name = `changed ${i}`;
  const shown = page.evaluate(
    (text) =>
      new Promise((done) => {
        const look = () =>
          document.querySelector('[role=grid] .body').textContent.includes(text)
            ? done(Date.now())
            : requestAnimationFrame(look);
        look();
      }),
    name,
  );
  await new Promise((done) => setTimeout(done, 37 + ((i * 53) % 200)));
  const begin = Date.now();
  await api('PATCH', `/torrents/${torrents[0].id}`, { name });
  heard.push(Date.now() - begin);
  late.push((await shown) - begin);
}
tell('changes', {
  answered_ms: middle(heard),
  seen_ms: middle(late),
  seen_p95_ms: most(late, 0.95),
  seen_longest_ms: Math.max(...late),
});
await browser.close();

// Lists of the API, page after page.
for (const sort of ['number', 'name', '-up', '-added']) {
  const took = [];
  let cursor = '';
  for (let i = 0; i < PAGES; i++) {
    const begin = performance.now();
    const answer = await api('GET', `/torrents?limit=100&sort=${sort}&cursor=${encodeURIComponent(cursor)}`);
    ({ cursor } = await answer.json());
    took.push(Math.round(performance.now() - begin));
  }
  tell('listed', { sort, page_ms: middle(took), longest_ms: Math.max(...took) });
}
