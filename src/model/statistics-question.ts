import { badValue } from './bad-value.ts';
import { AuditError } from './errors.ts';
import { STATISTIC_VIEWS, type StatisticView } from './statistics.ts';

/** What says of which errors, and the views that each goes with; `undefined` is all of them at once. */
const FITTING = {
  tool: ['type', 'tool', 'day', 'session'],
  errorType: ['type', 'tool', 'day', 'session'],
  rates: [undefined, 'tool'],
} as const satisfies Readonly<Record<string, readonly (StatisticView | undefined)[]>>;

/** Which statistics are wanted, as it is written. */
export interface WrittenView {
  readonly by?: string | undefined;
  readonly tool?: string | undefined;
  readonly errorType?: string | undefined;
  readonly rates?: boolean | undefined;
}

/**
 * The view that is wanted; undefined for all at once. `nameOf` is what the parts of the question are called where it was
 * written. Throws where there is no such view, or what is said beside it does not go with it.
 */
export function parseView(given: WrittenView, nameOf: (part: keyof WrittenView) => string): StatisticView | undefined {
  const view = STATISTIC_VIEWS.find((name) => name === given.by);
  if (given.by !== undefined && view === undefined) {
    throw badValue({ name: nameOf('by'), value: given.by }, `choose one of ${STATISTIC_VIEWS.join(', ')}`);
  }
  const by = nameOf('by');
  for (const part of ['tool', 'errorType', 'rates'] as const) {
    const views: readonly (StatisticView | undefined)[] = FITTING[part];
    if (given[part] === undefined || views.includes(view)) continue;
    const name = nameOf(part);
    const beside = view === undefined ? `${name} needs ${by}` : `${name} does not go with ${by} ${view}`;
    const fitting = views.filter((one) => one !== undefined).join(', ');
    const hint = `${name} goes with ${by} ${fitting}${views.includes(undefined) ? ', or alone' : ''}`;
    throw new AuditError('usage', beside, hint);
  }
  return view;
}
