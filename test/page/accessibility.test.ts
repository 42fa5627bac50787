import axe from 'axe-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { serveEmpty, serveOrchard, VIEWS } from '../support/page-scenes.ts';

/** What axe finds, one line each. */
const FINDINGS = `axe.run().then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
  nodes.map(({ html, failureSummary }) => [id, help, html, failureSummary].join(' | '))))`;

describeInBrowser('for everybody', (open) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in any view when it is ${colorScheme}`, async () => {
      const { url } = await serveOrchard();
      const { page, goTo } = await open(url, { colorScheme });
      for (const [name, hash] of Object.entries(VIEWS)) {
        await goTo(hash);
        // Strings are run beside the page's policy, as the browser's own tools are.
        await page.evaluate(axe.source);
        expect(await page.evaluate(FINDINGS), name).toEqual([]);
      }
    }, 120_000);
  }

  test('nor where there is nothing, or something went wrong', async () => {
    const { url } = await serveEmpty();
    const { page, goTo } = await open(url);
    for (const hash of ['', '#/search', '#/graph', '#/changes', '#/node/nobody']) {
      await goTo(hash);
      await page.evaluate(axe.source);
      expect(await page.evaluate(FINDINGS), hash).toEqual([]);
    }
  });

  test('it is dark where the browser wishes so, and turns light at a button for good', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url, { colorScheme: 'dark' });
    await goTo('');
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await ground()).not.toBe(dark);
    await page.reload();
    expect(await ground()).not.toBe(dark);
  });

  test('nothing moves for those who want no motion', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url, { reducedMotion: 'reduce' });
    await goTo('#/overview?range=all');
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".button")).transitionDuration')).toBe('0s');
  });
});
