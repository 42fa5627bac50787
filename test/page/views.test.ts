import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { settled } from '../support/find-browser.ts';
import { MORNING, serveEmpty, serveOrchard, VIEWS } from '../support/page-scenes.ts';

describeInBrowser('the views of the page', (open) => {
  test('every view shows itself, and the browser has nothing to complain of', async () => {
    const { url } = await serveOrchard();
    const { page, goTo, complaints } = await open(url);
    for (const [name, hash] of Object.entries(VIEWS)) {
      await goTo(hash);
      expect(await page.locator('.note-bad').count(), `${name}: ${await page.locator('main').innerText()}`).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  test('the overview counts errors, and narrows to a tool that is chosen', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('#/overview?range=all');
    const tiles = await page.locator('.tile').allInnerTexts();
    expect(tiles[0]).toMatch(/Tool errors\s+8\s+in 5 groups/);
    expect(tiles[1]).toMatch(/Compactions\s+1\s+1 auto/);
    expect((await page.locator('canvas').boundingBox())?.height).toBeGreaterThan(150);

    await page.getByRole('list', { name: 'Errors by tool' }).getByRole('link', { name: 'Read' }).click();
    await page.waitForURL(/tool=Read/);
    const types = page.getByRole('list', { name: 'Errors by type' });
    await settled(page);
    expect(await types.getByRole('link').count()).toBe(2);
    await page.locator('.chip').click();
    await page.waitForURL((to) => !to.hash.includes('tool='));
  });

  test('the chart can be read as a table, by tool and by type', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('#/overview?range=all');
    await page.getByRole('radio', { name: 'Table' }).check();
    const table = page.getByRole('table').first();
    expect(await table.locator('thead').innerText()).toMatch(/day\s+Bash\s+Read\s+Edit\s+mcp__weather__forecast/);
    expect(await table.locator('tbody tr').first().innerText()).toMatch(/2026-03-05\s+1\s+·\s+·\s+·/);
    await page.getByRole('radio', { name: 'By type' }).check();
    await table.getByText('exit_code_1').waitFor();
  });

  test('where the last days had no errors, it says so and leads to all time', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('#/overview?range=7d');
    await page.getByText('No errors in the last 7 days').waitFor();
    await page.getByRole('link', { name: 'Look at all time' }).first().click();
    await page.getByRole('list', { name: 'Errors by tool' }).getByText('Bash').waitFor();
  });

  test('a session shows errors, compactions and tasks in their order', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo(`#/session/${MORNING}`);
    const items = await page.locator('.timeline-item').allInnerTexts();
    const kinds = items.map((text) => /error|compaction|task done/.exec(text)?.[0]);
    expect(kinds).toEqual(['error', 'compaction', 'task done', 'error']);
    expect(await page.locator('.timeline-item time').first().getAttribute('title')).toBe('2026-03-01T08:00:05.000Z');
  });

  test('the graph can be walked, and tells the way that was walked', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo(`#/graph/session%3A${MORNING}`);
    await page.getByRole('link', { name: 'Bash (exit_code_1) x3' }).click();
    await page.getByRole('link', { name: 'pruner' }).click();
    await page.getByRole('heading', { level: 1, name: 'pruner' }).waitFor();
    const way = page.getByRole('navigation', { name: 'The way here' });
    expect(await way.getByRole('link').count()).toBe(3);
    await way.getByRole('link').first().click();
    await page.waitForURL(new RegExp(MORNING));
    await page.getByRole('heading', { level: 1, name: MORNING }).waitFor();
    await way.waitFor({ state: 'detached' });
  });

  test('a search goes on page by page, and back', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('#/changes');
    const first = await page.locator('.change-head').first().innerText();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Page 2').waitFor();
    expect(await page.locator('.change-head').first().innerText()).not.toBe(first);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByText('Page 1').waitFor();
    await page.getByText(first).first().waitFor();
  });

  test('is drawn, too, where the server answers before the browser has painted once', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await page.addInitScript(
      `const wait = setTimeout;
       globalThis.setTimeout = (done, milliseconds) => wait(done, (milliseconds ?? 0) + 500);
       globalThis.requestAnimationFrame = (draw) => wait(draw, 500);`,
    );
    await goTo('#/changes');
    await page.locator('.change-head').first().waitFor();
  });

  test('a node that is not there is told of, with a way to try again', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('#/node/nobody');
    expect(await page.getByRole('alert').innerText()).toContain('nobody');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });

  test('an empty graph says how to fill it, in every view', async () => {
    const { url } = await serveEmpty();
    const { page, goTo, complaints } = await open(url);
    await goTo('');
    await page.getByText('audit-extract run --edges').waitFor();
    for (const hash of ['#/session', '#/graph', '#/search', '#/changes']) {
      await goTo(hash);
      expect(await page.locator('.note-empty').count(), hash).toBe(1);
    }
    expect(complaints).toEqual([]);
  });

  test('without --db there is no log of changes to lead to', async () => {
    const { url } = await serveOrchard(['--no-db', '--read-only']);
    const { page, goTo, complaints } = await open(url);
    await goTo('');
    await page.getByRole('link', { name: 'Search', exact: true }).waitFor();
    const links = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
    expect(await links.allInnerTexts()).toEqual(['Overview', 'Sessions', 'Graph', 'Search']);
    await goTo('#/changes');
    await page.getByText('not shown here').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a server that has ended is told of', async () => {
    const server = await serveOrchard();
    const { page, goTo } = await open(server.url);
    await goTo('#/overview?range=all');
    await server.stop();
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    expect(await page.getByRole('alert').innerText()).toMatch(/does not answer/);
  });
});
