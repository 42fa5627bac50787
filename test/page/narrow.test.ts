import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { serveOrchard, VIEWS } from '../support/page-scenes.ts';

describeInBrowser('on a narrow screen', (open) => {
  for (const width of [360, 768]) {
    test(`no view is wider than ${width} pixels`, async () => {
      const { url } = await serveOrchard();
      const { page, goTo } = await open(url, { viewport: { width, height: 740 } });
      for (const [name, hash] of Object.entries(VIEWS)) {
        await goTo(hash);
        expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBe(width);
      }
    });
  }
});
