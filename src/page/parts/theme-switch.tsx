import { chooseTheme, darkStore } from '../state/theme.ts';
import { useStore } from '../state/use-store.ts';

/** Turns light to dark and back. */
export function ThemeSwitch() {
  const isDark = useStore(darkStore);
  return (
    <button
      type="button"
      class="button theme-switch"
      aria-pressed={isDark}
      aria-label="Dark"
      title={isDark ? 'Make it light' : 'Make it dark'}
      onClick={() => chooseTheme(isDark ? 'light' : 'dark')}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        {isDark ? (
          <path d="M15.5 12.4A6.5 6.5 0 0 1 7.6 4.5 6.5 6.5 0 1 0 15.5 12.4Z" fill="currentColor" />
        ) : (
          <g stroke="currentColor" stroke-width="1.6" stroke-linecap="round" fill="none">
            <circle cx="10" cy="10" r="3.4" />
            <path d="M10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1" />
          </g>
        )}
      </svg>
    </button>
  );
}
