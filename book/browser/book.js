// The finished book, and a browser to read it with.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const output = join(root, 'target/book');
export const screens = join(root, 'target/book-screens');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const MODES = ['desktop', 'phone'].flatMap((size) => ['light', 'dark'].map((scheme) => ({
  name: `${size}-${scheme}`,
  colorScheme: scheme,
  viewport: size === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 900 },
})));

const browserPath = () => {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // The next name may do.
    }
  }
  throw new Error('No Chromium found. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.');
};

export const launch = () => {
  mkdirSync(screens, { recursive: true });
  // Containers seldom allow Chromium's own sandbox; it reads nothing but our own files here.
  return chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] });
};

const html = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return html(path);
  return entry.name.endsWith('.html') ? [path] : [];
});

// Every page made of a chapter, relative to the book. `print.html` repeats them all.
export const pages = html(output)
  .map((path) => relative(output, path))
  .filter((page) => !['toc.html', '404.html', 'print.html'].includes(page))
  .sort();

export const url = (page) => pathToFileURL(join(output, page)).href;

// The first page that holds `text`.
export const pageWith = (text) => {
  const page = pages.find((each) => readFileSync(join(output, each), 'utf8').includes(text));
  if (!page) throw new Error(`no page of the book holds ${text}`);
  return page;
};

// A tab, and what its pages complain about or ask of the network.
export async function watchedTab(context) {
  const tab = await context.newPage();
  const complaints = [];
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  tab.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  tab.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  return { tab, complaints };
}

// Opens a page in a tab of its own.
export async function open(context, page) {
  const { tab, complaints } = await watchedTab(context);
  await tab.goto(url(page), { waitUntil: 'load' });
  return { tab, complaints };
}

// Serious and critical violations, each with its first element.
export async function violations(tab) {
  await tab.evaluate(axeSource);
  const { violations: found } = await tab.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'],
    preload: false, // it would fetch the stylesheets, which a page opened as a file may not
  }));
  return found
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ impact, id, nodes }) => `${impact} ${id}: ${nodes[0].html.slice(0, 200)}`);
}
