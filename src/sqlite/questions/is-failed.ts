import { GOOD_OUTCOMES } from '../../model/statistics.ts';

/** The test that an outcome, in a column, is of a task that failed. */
export function isFailed(column: string): string {
  return `${column} NOT IN (${GOOD_OUTCOMES.map((outcome) => `'${outcome}'`).join(', ')})`;
}
