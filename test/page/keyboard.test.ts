import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { settled } from '../support/find-browser.ts';
import { MORNING, serveOrchard } from '../support/page-scenes.ts';

describeInBrowser('by keyboard alone', (open) => {
  test('the first stop skips to the content, and shows that it has the focus', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('#/overview?range=all');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Skip to the content');
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().top')).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.matches("main *")')).toBe(true);
    expect(
      await page.evaluate(
        'getComputedStyle(document.activeElement.parentElement.querySelector("input:focus-visible + span") ?? document.activeElement).outlineStyle',
      ),
    ).toBe('solid');
  });

  test('/ leads to the search, and words lead to what they find', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('');
    await page.keyboard.press('/');
    await page.keyboard.type('frost');
    await page.keyboard.press('Enter');
    await page.waitForURL(/text=frost/);
    await settled(page);
    expect(await page.locator('.node-row').count()).toBe(2);
    // A slash that is typed is a slash.
    await page.keyboard.press('/');
    expect(await page.getByRole('searchbox').inputValue()).toMatch(/\//);
  });

  test('arrows walk through a list, Enter follows, and the heading of the next view has the focus', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo('#/search');
    await page.locator('.node-row a').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const name = await page.locator('.node-row a').nth(1).innerText();
    expect(await page.evaluate('document.activeElement.innerText')).toBe(name);
    await page.keyboard.press('End');
    expect(await page.evaluate('document.activeElement.closest("li").nextElementSibling')).toBeNull();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/node\//);
    await settled(page);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  test('the graph is walked through the list beside the picture', async () => {
    const { url } = await serveOrchard();
    const { page, goTo } = await open(url);
    await goTo(`#/graph/session%3A${MORNING}`);
    await page.locator('.neighbors a').first().focus();
    await page.keyboard.press('ArrowDown');
    const name = await page.evaluate('document.activeElement.innerText');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: String(name) }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: MORNING }).waitFor();
  });
});
