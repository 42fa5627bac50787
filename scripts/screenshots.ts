/**
 * Takes the pictures of docs/screenshots: the views of the page in a real browser, light and dark, from a quarter of made-up
 * sessions that ends now. Needs a Chromium, found as the tests find it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildBusyQuarter } from '../fixtures/scenarios/busy-quarter.ts';
import { findBrowser, settled, startBrowser } from '../test/support/find-browser.ts';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'bin/audit-extract.js');
const PLACE = join(ROOT, 'docs/screenshots');
const LARGEST = 150_000;

interface Shot {
  readonly name: string;
  readonly hash: string;
  readonly colorScheme: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

const path = findBrowser();
if (path === undefined)
  throw new Error('there is no Chromium: install one, or name it with AUDIT_EXTRACT_TEST_CHROMIUM');
const folder = mkdtempSync(join(tmpdir(), 'audit-extract-screenshots-'));
const [source, target] = [join(folder, 'sessions.db'), join(folder, 'org.db')];
buildBusyQuarter(source, Date.now());
const paths = ['--source', source, '--target', target];
execFileSync(process.execPath, [BIN, 'run', '--edges', '--quiet', ...paths]);
const server = spawn(process.execPath, [BIN, 'serve', '--port', '0', '--json', ...paths]);
const browser = await startBrowser(path);
try {
  const url = await addressOf(server);
  mkdirSync(PLACE, { recursive: true });
  for (const shot of await shotsOf(url)) await take(browser, url, shot);
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true });
}

async function shotsOf(url: string): Promise<readonly Shot[]> {
  const { rows }: { readonly rows: readonly { readonly session: string }[] } = await askJson(
    `${url}stats?by=session&limit=1`,
  );
  const session = rows[0]?.session ?? '';
  const { nodes }: { readonly nodes: readonly { readonly id: string }[] } = await askJson(
    `${url}events?session=${session}&subtype=tool_error&sort=name&limit=1`,
  );
  const error = encodeURIComponent(nodes[0]?.id ?? '');
  return [
    { name: 'overview-light', hash: '#/overview?range=90d', colorScheme: 'light' },
    { name: 'overview-dark', hash: '#/overview?range=90d', colorScheme: 'dark' },
    { name: 'session-light', hash: `#/session/${session}`, colorScheme: 'light' },
    { name: 'graph-light', hash: `#/graph/${error}`, colorScheme: 'light' },
    { name: 'graph-dark', hash: `#/graph/session%3A${session}`, colorScheme: 'dark', width: 960, height: 600 },
    { name: 'node-light', hash: `#/node/${error}`, colorScheme: 'light' },
    { name: 'search-dark', hash: '#/search?tool=Bash&error_type=timeout', colorScheme: 'dark' },
    { name: 'changes-light', hash: '#/changes', colorScheme: 'light' },
    { name: 'narrow-dark', hash: '#/overview?range=90d', colorScheme: 'dark', width: 360, height: 780 },
  ];
}

async function askJson<Answer>(address: string): Promise<Answer> {
  return JSON.parse(await (await fetch(address)).text());
}

async function take(
  from: Browser,
  url: string,
  { name, hash, colorScheme, width = 1080, height = 720 }: Shot,
): Promise<void> {
  const page = await from.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`${url}${hash}`);
  await page.waitForLoadState('networkidle');
  await settled(page);
  const file = join(PLACE, `${name}.png`);
  await page.screenshot({ path: file });
  await page.close();
  const { size } = statSync(file);
  if (size > LARGEST) throw new Error(`${file} is larger than it may be: ${size} bytes`);
  process.stdout.write(`${name}: ${size} bytes\n`);
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const part of child.stdout ?? []) {
    said += String(part);
    if (said.endsWith('}\n')) return JSON.parse(said).url;
  }
  throw new Error('the server did not start');
}
