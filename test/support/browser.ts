import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { findBrowser, settled, startBrowser } from './find-browser.ts';

/** A page of the server in a browser of its own. */
interface OpenedPage {
  readonly page: Page;
  /** What the browser has complained of so far: errors, warnings, what the policy refused, requests to elsewhere. */
  readonly complaints: readonly string[];
  /** Goes to a view by its hash, and waits until it has all that it asked for. */
  goTo(hash: string): Promise<void>;
}

type Open = (url: string, options?: BrowserContextOptions) => Promise<OpenedPage>;

/** A suite in a real browser; where there is none it is skipped, and its name says so. */
export function describeInBrowser(title: string, suite: (open: Open) => void): void {
  const path = findBrowser();
  if (path === undefined) {
    describe.skip(`${title}: skipped, as no Chromium is on the path, nor named by AUDIT_EXTRACT_TEST_CHROMIUM`, () => {
      suite(() => Promise.reject(new Error('there is no browser')));
    });
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser(path);
    });
    afterAll(() => browser.close());
    suite((url, options) => openPage(browser, url, options));
  });
}

async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) complaints.push(`asked ${request.url()}`);
  });
  const goTo = async (hash: string) => {
    // With another hash alone, a browser would keep the page that it has.
    await page.goto('about:blank');
    await page.goto(`${url}${hash}`);
    await settled(page);
  };
  return { page, complaints, goTo };
}
