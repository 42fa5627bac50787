import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { settled } from '../support/find-browser.ts';
import { serveOrchard } from '../support/page-scenes.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TOKEN = 'plum-and-pear-and-quince';

describeInBrowser('where a token is wanted', (open) => {
  const serve = () => {
    const file = join(tempFolder(), 'token');
    writeFileSync(file, TOKEN);
    return serveOrchard(['--token-file', file]);
  };

  test('the page asks for it, says when it is not the right one, and goes on with it', async () => {
    const { url } = await serve();
    const { page } = await open(url);
    await page.goto(`${url}#/overview?range=all`);
    const field = page.locator('input[name=token]');
    await field.fill('apple');
    await page.keyboard.press('Enter');
    await page.getByText('That is not the right one.').waitFor();
    await field.fill(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Errors by tool' }).getByText('Bash').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('.note-bad').count()).toBe(0);
    await page.getByRole('link', { name: 'Changes' }).waitFor();
  });

  test('it is kept for the tab alone, and the reference page has it, too', async () => {
    const { url } = await serve();
    const { page } = await open(url);
    await page.goto(url);
    await page.locator('input[name=token]').fill(TOKEN);
    await page.keyboard.press('Enter');
    await settled(page);
    await page.reload();
    await settled(page);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(TOKEN);
    await page.goto(`${url}reference`);
    await page.getByText('/nodes', { exact: true }).first().waitFor();
  });
});
