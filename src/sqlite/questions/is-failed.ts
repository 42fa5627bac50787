import { GOOD_OUTCOMES, OPEN_STATES, UNTOLD } from '../../model/statistics.ts';

/** The test that a task has failed, by its outcome and its status in columns (`hasFailed`). */
export function isFailed(outcome: string, status: string): string {
  const told = (column: string) => `coalesce(${column}, '${UNTOLD}')`;
  const end = `iif(${told(outcome)} = '${UNTOLD}', ${told(status)}, ${outcome})`;
  return `${told(outcome)} NOT IN (${list(OPEN_STATES)}) AND ${told(status)} NOT IN (${list(OPEN_STATES)})
    AND ${end} NOT IN (${list([...GOOD_OUTCOMES, UNTOLD])})`;
}

const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
