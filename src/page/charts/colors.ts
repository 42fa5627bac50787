/** A colour of the page as it is now: canvases know no tokens. */
export function resolveColor(token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const SERIES = 6;

/** The token of what bars are stacked of. */
export const seriesToken = (at: number, isRest: boolean): string =>
  isRest ? 'series-rest' : `series-${1 + (at % SERIES)}`;
