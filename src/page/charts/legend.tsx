import { Shown } from '../text/shown.tsx';
import { seriesToken } from './colors.ts';
import type { Series } from './series.ts';

/** What the colours of bars mean. Each name narrows the view to it. */
export function Legend({
  series,
  linkTo,
}: {
  readonly series: readonly Series[];
  readonly linkTo: (name: string) => string;
}) {
  return (
    <ul class="legend" aria-label="What the colours mean">
      {series.map(({ name, isRest }, at) => {
        const label = (
          <>
            <span class={`legend-key ${seriesToken(at, isRest)}`} />
            <Shown text={name} longest={40} />
          </>
        );
        return <li key={name}>{isRest ? <span>{label}</span> : <a href={linkTo(name)}>{label}</a>}</li>;
      })}
    </ul>
  );
}
