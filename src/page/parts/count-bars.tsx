import { formatCount } from '../text/numbers.ts';
import { Shown } from '../text/shown.tsx';
import { ArrowList } from './arrow-list.tsx';

/** A row of a count: what it is of, and how much. */
export interface CountRow {
  readonly name: string;
  readonly count: number;
  readonly link: string;
  /** Whether it is what the view is narrowed to. */
  readonly chosen?: boolean;
}

/** Counts as bars, the greatest the longest. Each row leads somewhere. */
export function CountBars({ label, rows }: { readonly label: string; readonly rows: readonly CountRow[] }) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ArrowList label={label} class="count-bars">
      {rows.map(({ name, count, link, chosen = false }) => (
        <li key={name}>
          <a href={link} aria-current={chosen || undefined}>
            <span class="count-name">
              <Shown text={name} longest={80} />
            </span>
            <span class="count-number">{formatCount(count)}</span>
            <span class="count-bar" style={{ width: `${Math.max(1, (100 * count) / most)}%` }} />
          </a>
        </li>
      ))}
    </ArrowList>
  );
}
