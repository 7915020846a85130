// `cargo grade --html`: the report on the stubs and on the reference answers, as a learner opens it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MODES, launch, screens, violations, watchedTab } from './book.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const written = (name, ...options) => {
  const file = join(root, 'target', `report-${name}.html`);
  const { status, stderr } = spawnSync('cargo', ['grade', '--html', file, ...options], { cwd: root, encoding: 'utf8' });
  // 0 all passed, 1 some failed, 3 some are inconclusive: in each case there is a report.
  assert.ok([0, 1, 3].includes(status), stderr);
  return pathToFileURL(file).href;
};

let browser;
const reports = {};
before(async () => {
  reports.stubs = written('stubs');
  reports.solutions = written('solutions', '--solutions');
  browser = await launch();
});
after(async () => { await browser?.close(); });

for (const mode of MODES) {
  test(`reports at ${mode.name}`, async () => {
    const context = await browser.newContext(mode);
    const { tab, complaints } = await watchedTab(context);
    for (const [name, address] of Object.entries(reports)) {
      await tab.goto(address, { waitUntil: 'load' });
      assert.deepEqual(complaints, [], 'the page complains or asks the network for something');
      const beyond = await tab.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.equal(beyond, 0, `${name}: the page is wider than the screen`);
      assert.deepEqual(await violations(tab), [], `${name}: the page is not accessible`);
      await tab.screenshot({ path: join(screens, `report-${name}-${mode.name}.png`), fullPage: true });
    }
    await context.close();
  });
}

test('the report shows what broke', async () => {
  const tab = await browser.newPage();
  await tab.goto(reports.stubs);
  await tab.emulateMedia({ media: 'print' });
  assert.ok(await tab.locator('table.interleaving').count() > 0, 'an interleaving is drawn');
  assert.ok(await tab.locator('article.bad').count() > 0, 'a failed check is told');
  await tab.goto(reports.solutions);
  assert.ok(await tab.locator('svg[role=img]').count() > 0, 'a speed-up is drawn');
});
