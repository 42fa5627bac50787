import type { RunEvent } from '../engine/run-event.ts';
import type { Change } from '../model/node.ts';
import { visibleJson } from './visible.ts';

/** What is told of a run to whoever follows it from afar: what happened, and the rest of it as JSON on one line. */
export interface RunNews {
  readonly name: string;
  readonly json: string;
}

/** Changes are counted and not told one by one. Undefined for what another event tells again, and for the report. */
export function runNews(event: RunEvent): RunNews | undefined {
  switch (event.type) {
    case 'failed':
    case 'run-finished':
      return undefined;
    case 'batch-written': {
      const { type, extractor, changes, progress } = event;
      return newsOf(type, { extractor, ...countsOf(changes), progress });
    }
    case 'extractor-finished':
      return newsOf(event.type, event.report);
    default: {
      const { type, ...rest } = event;
      return newsOf(type, rest);
    }
  }
}

const newsOf = (name: string, value: object): RunNews => ({ name, json: visibleJson(JSON.stringify(value)) });

function countsOf(changes: readonly Change[]) {
  const count = (action: Change['action']) => changes.filter((change) => change.action === action).length;
  return { inserted: count('insert'), updated: count('update'), unchanged: count('unchanged') };
}
