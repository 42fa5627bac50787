import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { settled } from '../support/find-browser.ts';
import { expectHarmless } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { serveHostile } from '../support/page-scenes.ts';

/** Elements that a text of data would have made if it were taken for markup. */
const FOREIGN = 'main img, main script, main iframe, [onerror], [onmouseover]';

/** How ids hold a value. */
const keyPart = (value: string): string => value.replaceAll('%', '%25').replaceAll(':', '%3A');

describeInBrowser('hostile names', (open) => {
  test('are shown as text, in every view, and do nothing', async () => {
    const { url } = await serveHostile();
    const { page, goTo, complaints } = await open(url, { viewport: { width: 360, height: 800 } });
    const lists = [
      '#/overview?range=all',
      '#/overview?range=all&by=type',
      '#/session',
      '#/graph',
      '#/search',
      '#/changes',
    ];
    const short = ['an element', 'right to left', 'zero width', 'a fake error', 'marks'];
    const subjects = [...short, 'a long word', 'wide'].map((name) => encodeURIComponent(HOSTILE_TEXTS[name] ?? ''));
    const views = [
      ...lists,
      ...short.map((name) => `#/graph/${encodeURIComponent(`tool:${keyPart(HOSTILE_TEXTS[name] ?? '')}`)}`),
      ...subjects.flatMap((subject) => [
        `#/session/${subject}`,
        `#/search?tool=${subject}`,
        `#/overview?range=all&tool=${subject}`,
      ]),
    ];
    for (const hash of views) {
      await goTo(hash);
      await expectTame(hash);
    }
    await goTo('#/overview?range=all');
    await page.getByRole('radio', { name: 'Table' }).check();
    await expectTame('table');
    await goTo('#/search?subtype=tool_error');
    const links = await page.evaluate('[...document.querySelectorAll(".node-row a")].map((link) => link.hash)');
    for (const hash of Array.isArray(links) ? links.slice(0, 12) : []) {
      for (const view of [hash, String(hash).replace('#/node', '#/graph')]) {
        await goTo(view);
        await expectTame(view);
      }
    }
    expect(complaints).toEqual([]);

    async function expectTame(where: string): Promise<void> {
      await settled(page);
      expect(await page.locator(FOREIGN).count(), where).toBe(0);
      expectHarmless(await page.locator('body').innerText(), where);
      expectHarmless(await page.title(), where);
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wider, `${where} scrolls sideways`).toBe(0);
    }
  }, 240_000);

  test('hidden characters are marked by what they are', async () => {
    const { url } = await serveHostile();
    const { page, goTo } = await open(url);
    await goTo(`#/session/${encodeURIComponent(HOSTILE_TEXTS['right to left'] ?? '')}`);
    expect(await page.locator('h1').innerText()).toBe('userU+202Etxt.exe');
    expect(await page.locator('h1 .hidden-mark').getAttribute('title')).toBe('a character that does not show: U+202E');
  });
});
