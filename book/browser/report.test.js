// `cargo grade --html`: the report on the stubs and on the reference answers, as a learner opens it; a
// schedule is stepped by button and by key.
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

// A schedule of the stub of exercise 02: six steps, two threads, one value.
async function stepper(options = {}) {
  const context = await browser.newContext({ ...MODES[0], ...options });
  const { tab, complaints } = await watchedTab(context);
  await tab.goto(reports.stubs);
  const element = tab.locator('article', { hasText: 'two_threads_lose_nothing' }).locator('.stepper').first();
  return { context, tab, complaints, element, moment: element.locator('.moment') };
}

const textOf = async (element) => (await element.innerText()).replace(/\s+/g, ' ').trim();
const here = (element) => element.locator('tr[aria-current=step] > th').allInnerTexts();

test('a schedule is stepped by button, forwards and back', async () => {
  const { context, tab, complaints, element, moment } = await stepper();
  const says = moment.locator('.says');
  const button = (name) => moment.getByRole('button', { name });
  assert.match(await textOf(says), /^Before the first step\./);
  assert.equal(await says.getAttribute('aria-live'), 'polite', 'each step is read out');
  assert.deepEqual(await here(element), [], 'no row is marked before the first step');
  const before = await textOf(moment.locator('.state'));
  assert.match(before, /main 2\d is about to read self\.count/);
  await button('Forward').click();
  assert.match(await textOf(says), /^Step 1 of 6\. main reads 0 from self\.count, line \d+\.$/);
  assert.match(await textOf(moment.locator('.state')), /main \d+ is about to set self\.count to 1/);
  assert.equal((await here(element)).length, 1);
  await button('Forward').click();
  assert.match(await textOf(says), /main stopped before it sets self\.count to 1\. adder reads 0/);
  await button('Back').click();
  await button('Back').click();
  assert.equal(await textOf(moment.locator('.state')), before, 'back is where one came from');
  await button('Last').click();
  assert.match(await textOf(says), /^Step 6 of 6\. .*This is where it breaks\.$/);
  assert.match(await textOf(moment.locator('.state')), /self\.count 1 1$/);
  await button('First').click();
  assert.equal(await textOf(moment.locator('.state')), before);
  assert.deepEqual(complaints, [], 'the page\'s own policy lets its script and its style run');
  await tab.close();
  await context.close();
});

test('a schedule is stepped by key, while a button has the focus', async () => {
  const { context, tab, element, moment } = await stepper();
  const says = moment.locator('.says');
  await moment.getByRole('button', { name: 'Forward' }).focus();
  for (const [key, expected] of [
    ['ArrowRight', /^Step 1 of 6/], ['ArrowDown', /^Step 2 of 6/], ['ArrowLeft', /^Step 1 of 6/],
    ['End', /^Step 6 of 6/], ['ArrowRight', /^Step 6 of 6/], ['ArrowUp', /^Step 5 of 6/],
    ['Home', /^Before the first step/], ['ArrowLeft', /^Before the first step/], ['Enter', /^Step 1 of 6/],
  ]) {
    await tab.keyboard.press(key);
    assert.match(await textOf(says), expected, key);
    assert.ok(await element.evaluate((node) => node.contains(document.activeElement)), `${key} loses the focus`);
  }
  // At the last step the button keeps the focus, and says that it does nothing.
  await tab.keyboard.press('End');
  const forward = moment.getByRole('button', { name: 'Forward' });
  assert.equal(await forward.getAttribute('aria-disabled'), 'true');
  // Elsewhere the arrows are the browser's: here they scroll the table.
  await element.locator('.wide').focus();
  await tab.keyboard.press('ArrowLeft');
  await tab.keyboard.press('Home');
  assert.match(await textOf(says), /^Step 6 of 6/);
  await forward.focus();
  await tab.keyboard.press('Alt+ArrowUp');
  assert.match(await textOf(says), /^Step 6 of 6/, 'a key with Alt is not ours');
  await context.close();
});

for (const mode of [...MODES, { ...MODES[2], name: 'narrow', viewport: { width: 360, height: 740 } }]) {
  test(`a stepped schedule at ${mode.name}`, async () => {
    const { context, tab, element, moment } = await stepper(mode);
    await moment.getByRole('button', { name: 'Forward' }).focus();
    for (let step = 0; step < 4; step++) await tab.keyboard.press('ArrowRight');
    const row = element.locator('tr[aria-current=step]');
    // Scrolled into view within the table, and the buttons are still on the screen.
    await assert.doesNotReject(tab.waitForFunction((node) => {
      const [inner, outer] = [node, node.closest('.wide')].map((each) => each.getBoundingClientRect());
      return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    }, await row.elementHandle()));
    assert.ok(await moment.getByRole('button', { name: 'Back' }).isVisible());
    assert.deepEqual(await violations(tab), [], 'the page is not accessible');
    const beyond = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(beyond, 0, 'the page is wider than the screen');
    await element.screenshot({ path: join(screens, `stepper-${mode.name}.png`) });
    await context.close();
  });
}

test('without a script, and on paper, the table is all there is', async () => {
  const { context, element, moment } = await stepper({ javaScriptEnabled: false });
  assert.ok(await element.locator('table.interleaving').isVisible());
  assert.ok(!await moment.isVisible());
  await context.close();
  const printed = await stepper();
  await printed.tab.emulateMedia({ media: 'print' });
  assert.ok(await printed.element.locator('table.interleaving').isVisible());
  assert.ok(!await printed.moment.isVisible());
  await printed.context.close();
});

test('the report shows what broke', async () => {
  const tab = await browser.newPage();
  await tab.goto(reports.stubs);
  await tab.emulateMedia({ media: 'print' });
  assert.ok(await tab.locator('table.interleaving').count() > 0, 'an interleaving is drawn');
  assert.ok(await tab.locator('article.bad').count() > 0, 'a failed check is told');
  await tab.goto(reports.solutions);
  assert.ok(await tab.locator('svg[role=img]').count() > 0, 'a speed-up is drawn');
});
