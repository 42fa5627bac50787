import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { serveOrchard } from '../support/page-scenes.ts';

describeInBrowser('the reference page', (open) => {
  test('shows the routes under the policy of all pages, with one attribute of its own', async () => {
    const { url, ask } = await serveOrchard();
    const policy = (await ask('/reference/')).headers.get('content-security-policy') ?? '';
    expect(policy.replace(/ 'unsafe-hashes' 'sha256-[^']+'/, '')).toBe(
      (await ask('/')).headers.get('content-security-policy'),
    );
    const { page, complaints } = await open(url);
    for (const path of ['reference', 'reference/']) {
      await page.goto(`${url}${path}`);
      await page.getByText('/stats', { exact: true }).click();
      await page.getByText('Parameters').first().waitFor();
    }
    expect(complaints).toEqual([]);
  });

  test('has no copy of the document beside the one that wants the token', async () => {
    const { ask } = await serveOrchard();
    for (const copy of ['/reference/json', '/reference/yaml', '/reference/json?x=y']) {
      expect((await ask(copy)).json.openapi).toBe('3.1.0');
    }
    const guarded = await serveOrchard([], { env: { AUDIT_EXTRACT_TOKEN: 'plum-and-pear-and-quince' } });
    for (const copy of ['/reference/json', '/reference/yaml']) expect((await guarded.ask(copy)).status).toBe(401);
  });
});
