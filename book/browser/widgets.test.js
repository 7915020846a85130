// The figures, operated by keyboard, on the first page that has each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MODES, launch, open, pageWith, url } from './book.js';

let browser, context;
before(async () => {
  browser = await launch();
  context = await browser.newContext(MODES[0]);
});
after(async () => { await browser.close(); });

async function figure(widget) {
  const page = pageWith(`data-widget="${widget}"`);
  const { tab, complaints } = await open(context, page);
  const element = tab.locator(`figure[data-widget="${widget}"].is-live`).first();
  await element.waitFor();
  // Keys that mdBook turns pages with must stay within the figure.
  const stays = () => assert.equal(tab.url().split('#')[0], url(page));
  return { tab, element, stays, complaints };
}

test('the explorer is stepped by buttons and by digits, undone, and keeps the arrows', async () => {
  const { tab, element, stays } = await figure('interleave');
  const schedule = element.locator('.explorer-schedule');
  const first = element.getByRole('button', { name: /^Step/ }).first();
  await first.focus();
  await tab.keyboard.press('Enter');
  assert.match(await schedule.textContent(), /^Schedule: \S+$/);
  await tab.keyboard.press('2');
  assert.match(await schedule.textContent(), /^Schedule: \S+ \S+$/);
  await tab.keyboard.press('Backspace');
  assert.match(await schedule.textContent(), /^Schedule: \S+$/);
  await tab.keyboard.press('ArrowRight');
  await tab.keyboard.press('s');
  stays();
});

test('the explorer leads to a failing schedule, and the focus is never lost', async () => {
  const page = pageWith('A shortest schedule that fails');
  const { tab } = await open(context, page);
  const element = tab.locator('figure[data-widget="interleave"]', { hasText: 'Show a shortest failing schedule' }).first();
  await element.locator('summary').focus();
  await tab.keyboard.press('Enter');
  await element.getByRole('button', { name: 'Show a shortest failing schedule' }).focus();
  await tab.keyboard.press('Enter');
  assert.match(await element.locator('.widget-says').getAttribute('data-end'), /violates|deadlock/);
  await element.getByRole('button', { name: 'Start again' }).focus();
  await tab.keyboard.press('Enter');
  assert.ok(await element.evaluate((node) => node.contains(document.activeElement)), 'the focus left the figure');
});

test('the explorer lists all schedules, and goes to each', async () => {
  const page = pageWith('"counts":{"ok":"2","violates":"4"}');
  const { tab } = await open(context, page);
  const element = tab.locator('figure[data-widget="interleave"]', { hasText: '6 schedules: 2 end well, 4 break the rule' }).first();
  await element.locator('summary').focus();
  await tab.keyboard.press('Enter');
  const buttons = element.locator('.explorer-all button');
  await buttons.first().waitFor();
  assert.equal(await buttons.count(), 6);
  assert.equal(await element.locator('.explorer-all [data-end="violates"]').count(), 4);
  const order = await buttons.nth(1).textContent();
  await buttons.nth(1).focus();
  await tab.keyboard.press('Enter');
  assert.equal(await element.locator('.explorer-schedule').textContent(), `Schedule: ${order}`);
});

test('labels and comments belong to the step below them, and are no steps', async () => {
  const page = pageWith('"end_captions":["');
  const { tab } = await open(context, page);
  const element = tab.locator('figure[data-widget="interleave"]', { has: tab.locator('ol + .step-caption') }).first();
  const items = element.getByRole('listitem');
  assert.equal(await items.locator('.step:last-child').count(), await items.count());
  const captioned = items.filter({ has: tab.locator('.step-caption') });
  assert.ok(await captioned.count() > 0, 'no step has a caption');
  const title = await element.locator('.widget-title').textContent();
  const shown = await element.locator('.step-caption').allTextContents();

  const still = await browser.newContext({ ...MODES[0], javaScriptEnabled: false });
  const { tab: unscripted } = await open(still, page);
  const table = unscripted.locator('figure[data-widget="interleave"]', { hasText: title }).first();
  // The table goes by rows, the explorer by threads.
  assert.deepEqual((await table.locator('td > .step-caption').allTextContents()).sort(), shown.sort());
  await still.close();
});

test('the GIL timeline follows its sliders', async () => {
  const { tab, element, stays } = await figure('gil');
  const lanes = () => element.locator('.lanes .lane-name').count();
  const before = await lanes();
  await element.getByLabel('Threads', { exact: true }).focus();
  await tab.keyboard.press('ArrowRight');
  assert.equal(await lanes(), before + 1);
  await element.getByLabel('Look at').focus();
  const start = await element.locator('.widget-now').textContent();
  await tab.keyboard.press('PageUp');
  assert.notEqual(await element.locator('.widget-now').textContent(), start);
  await element.getByRole('button', { name: 'Thrash' }).focus();
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('ArrowRight');
  assert.equal(await element.getByLabel('Runtime', { exact: true }).inputValue(), 'old');
  await element.locator('.widget-says', { hasText: 'wake-ups were for nothing' }).waitFor();
  stays();
});

test('the speed-up chart follows its sliders and its handle', async () => {
  const { tab, element, stays } = await figure('amdahl');
  const cores = () => element.getByLabel('Cores', { exact: true }).getAttribute('aria-valuetext');
  const before = await cores();
  await element.getByLabel('Cores', { exact: true }).focus();
  await tab.keyboard.press('ArrowRight');
  assert.notEqual(await cores(), before);
  const chart = element.locator('.chart');
  await chart.scrollIntoViewIfNeeded();
  const handle = await element.locator('.chart-handle').boundingBox();
  await tab.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await tab.mouse.down();
  await tab.mouse.move(handle.x + 150, handle.y, { steps: 5 });
  await tab.mouse.up();
  assert.ok(Number(await cores()) > 2 * Number(before), `still ${await cores()} cores`);
  stays();
});

test('the event loop is stepped to its end and back', async () => {
  const { tab, element, stays } = await figure('event-loop');
  const next = element.getByRole('button', { name: 'Next step' });
  await next.focus();
  for (let step = 0; step < 60 && await next.isEnabled(); step++) await tab.keyboard.press('Enter');
  assert.ok(await next.isDisabled(), 'no end after 60 steps');
  assert.notEqual((await element.locator('.loop-lesson').textContent()).trim(), '');
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), 'Back');
  await tab.keyboard.press('Enter');
  assert.ok(await next.isEnabled());
  await element.getByLabel('Program').selectOption({ label: 'One blocks' });
  assert.match(await element.locator('.loop-code').textContent(), /time\.sleep/);
  stays();
});

test('the contents open and close by keyboard, and the search finds', async () => {
  const { tab } = await open(context, 'index.html');
  const toggle = tab.locator('#mdbook-sidebar-toggle');
  assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  await toggle.focus();
  await tab.keyboard.press('Enter');
  assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
  await tab.locator('body').press('/');
  await tab.keyboard.type('deadlock');
  await tab.locator('#mdbook-searchresults a').first().waitFor();
});

test('without scripts, every figure has its still picture', async () => {
  const still = await browser.newContext({ ...MODES[0], javaScriptEnabled: false });
  for (const widget of ['gil', 'amdahl', 'event-loop']) {
    const { tab } = await open(still, pageWith(`data-widget="${widget}"`));
    await tab.locator(`figure[data-widget="${widget}"] svg.still`).first().waitFor();
    await tab.close();
  }
  const { tab } = await open(still, pageWith('data-widget="interleave"'));
  assert.ok(await tab.locator('figure[data-widget="interleave"] table').first().isVisible());
  await still.close();
});

test('the printed book holds every figure', async () => {
  const { tab, complaints } = await open(context, 'print.html');
  await tab.locator('figure.is-live').first().waitFor();
  assert.deepEqual(complaints, []);
  const dead = await tab.locator('figure[data-widget]:not(.is-live):not([data-widget="trace"])').count();
  assert.equal(dead, 0);
});
