// Every page, at desktop and phone width, in light and dark.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MODES, launch, pages, screens, url, violations, watchedTab } from './book.js';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

test('there is a book', () => assert.ok(pages.length > 0));

for (const mode of MODES) {
  test(`pages at ${mode.name}`, async (t) => {
    const context = await browser.newContext(mode);
    const { tab, complaints } = await watchedTab(context);
    for (const page of pages) {
      await t.test(page, async () => {
        complaints.length = 0;
        await tab.goto(url(page), { waitUntil: 'load' });
        assert.deepEqual(complaints, [], 'the page complains or asks the network for something');
        const beyond = await tab.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        assert.equal(beyond, 0, 'the page is wider than the screen');
        assert.deepEqual(await violations(tab), [], 'the page is not accessible');
        const name = `${page.replaceAll('/', '-').replace('.html', '')}-${mode.name}.png`;
        await tab.screenshot({ path: join(screens, name), fullPage: true });
      });
    }
    await context.close();
  });
}
