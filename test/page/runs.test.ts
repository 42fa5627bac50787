import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { serveEmpty, serveOrchard, serveWithoutSource } from '../support/page-scenes.ts';

describeInBrowser('runs on the page', (open) => {
  test('a run is started, followed to its end, and told of', async () => {
    const { url } = await serveEmpty();
    const { page, goTo, complaints } = await open(url);
    await goTo('#/runs');
    await page.getByLabel('Your name, for the log of changes').fill('Jürgen Birnbaum');
    await page.getByRole('button', { name: 'Start' }).click();
    const report = page.getByRole('region', { name: 'Report' });
    await report.waitFor();
    expect(await report.innerText()).toMatch(/tool-errors\s+8\s+5\s+0\s+0\s+0/);
    await page.getByText('32 edges made').waitFor();
    await page.locator('.run-item').waitFor();
    expect(await page.locator('.run-item').innerText()).toMatch(/done.*by Jürgen Birnbaum/);

    // What it wrote is there, and the name is remembered.
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.locator('tbody tr').first().waitFor();
    await goTo('#/runs');
    expect(await page.getByLabel('Your name, for the log of changes').inputValue()).toBe('Jürgen Birnbaum');
    await report.waitFor();
    expect(complaints).toEqual([]);
  });

  test('a dry run says that nothing was written', async () => {
    const { url, ask } = await serveEmpty();
    const { page, goTo } = await open(url);
    await goTo('#/runs');
    await page.getByLabel('Your name, for the log of changes').fill('ann');
    await page.getByLabel(/dry run/).check();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('dry run: nothing was written').waitFor();
    expect((await ask('/events')).json.nodes).toEqual([]);
  });

  test.each([
    ['only reads', () => serveOrchard(['--read-only'])],
    ['knows no source', () => serveWithoutSource()],
  ])('a server that %s offers none', async (_, serve) => {
    const { url } = await serve();
    const { page, goTo, complaints } = await open(url);
    await goTo('#/runs');
    await page.getByText('No runs can be started here').waitFor();
    expect(await page.getByRole('link', { name: 'Runs' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
