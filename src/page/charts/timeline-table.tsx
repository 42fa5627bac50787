import { formatCount } from '../text/numbers.ts';
import { Shown } from '../text/shown.tsx';
import { titleOf } from './bucket-title.ts';
import type { Timeline } from './series.ts';

/** What the bars show, as a table: the newest first, without what is empty. */
export function TimelineTable({ timeline: { grain, buckets, series } }: { readonly timeline: Timeline }) {
  const rows = buckets
    .map((bucket, at) => ({ bucket, counts: series.map(({ counts }) => counts[at] ?? 0) }))
    .filter(({ counts }) => counts.some((count) => count > 0))
    .reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="table-scroll" tabIndex={0} aria-label="Errors over time as a table">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{grain}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" class="number">
                <Shown text={name} longest={40} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ bucket, counts }) => (
            <tr key={bucket.day}>
              <th scope="row">{titleOf(bucket, grain)}</th>
              {counts.map((count, at) => (
                <td key={series[at]?.name} class="number">
                  {count === 0 ? '·' : formatCount(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
