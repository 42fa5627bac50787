import { Store } from './store.ts';

/** How the page is to look; `system` is as the browser wishes. */
export type Theme = 'system' | 'light' | 'dark';

const PLACE = 'audit-extract-theme';
const wish = matchMedia('(prefers-color-scheme: dark)');

/** What was chosen. */
const themeStore = new Store<Theme>(read());
/** Whether the page is dark now. */
export const darkStore = new Store<boolean>(isDark());

/** Makes the page look so, now and when it is opened again. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(PLACE, theme);
  themeStore.set(theme);
  show();
}

/** Makes the page look as was chosen, and follow the browser where that was. */
export function show(): void {
  document.documentElement.dataset['theme'] = themeStore.value;
  darkStore.set(isDark());
}

wish.addEventListener('change', show);

function isDark(): boolean {
  return themeStore.value === 'system' ? wish.matches : themeStore.value === 'dark';
}

function read(): Theme {
  const kept = localStorage.getItem(PLACE);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
