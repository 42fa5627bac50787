import { setImmediate } from 'node:timers/promises';
import { throwIfInterrupted } from '../engine/interrupt.ts';
import { AuditError } from '../model/errors.ts';
import { ABSENT_PART } from '../model/key.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { Source, TextCount } from '../model/source.ts';
import { listed, type StatisticsSection, type ToolRate } from '../model/statistics.ts';
import { compareUtf8 } from '../model/text.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { openSource } from '../sqlite/source/source.ts';
import { requireSourceFile } from './check-paths.ts';

const TABLE = 'tool_analytics';
const COLUMNS = { tool_name: 'text', status: 'text' } as const;

/** Which source calls are counted in, and the statuses of those that failed. */
export interface RatesQuestion {
  readonly source: string | undefined;
  readonly errorStatuses: readonly string[];
  /** Where there may be more calls, none are counted. */
  readonly mostCalls: number;
  readonly redaction: RedactionSettings;
  readonly waitMs: number | undefined;
  readonly signal: AbortSignal;
}

/** Counts all calls in the source, and those that failed, by tool: those with most failures first. Undefined where there are too many. */
export async function readToolRates(question: RatesQuestion, limit: number): Promise<StatisticsSection | undefined> {
  const { source: path, redaction, waitMs, signal, errorStatuses, mostCalls } = question;
  if (path === undefined) {
    const message = 'error rates are counted in the source, and none is named';
    throw new AuditError('source-not-found', message, 'name a sessions.db with --source');
  }
  requireSourceFile(path);
  const source = openSource(path, { redactor: createRedactor(redaction), waitMs });
  try {
    requireCalls(source);
    if (callsAtMost(source) > mostCalls) return undefined;
    const tally = source.openTally({
      table: TABLE,
      column: 'tool_name',
      marked: { column: 'status', oneOf: errorStatuses.filter((status) => status !== '') },
    });
    const rates = new Map<string, ToolRate>();
    for (let counts = tally.next(); counts !== undefined; counts = tally.next()) {
      for (const count of counts) addTo(rates, count);
      await setImmediate();
      throwIfInterrupted(signal);
    }
    return { section: 'rate', list: listed([...rates.values()].toSorted(compareRates), limit) };
  } finally {
    source.close();
  }
}

/** By row ids, as to count rows takes long where they are many. */
function callsAtMost(source: Source): number {
  const ids = source.rowIds(TABLE);
  if (ids === undefined) return Number.POSITIVE_INFINITY;
  return ids.lowest === undefined || ids.highest === undefined ? 0 : Number(ids.highest - ids.lowest) + 1;
}

function requireCalls(source: Source): void {
  if (!source.hasTable(TABLE)) {
    const message = `source ${source.path} has no table ${TABLE}, in which calls are counted`;
    throw new AuditError('source-without-tables', message, 'is it a sessions.db? Name another one with --source');
  }
  const missing = source.missingColumns(TABLE, COLUMNS);
  if (missing.length === 0) return;
  const message = `table ${TABLE} of ${source.path} has no column ${missing.join(', ')}`;
  throw new AuditError('source-column-missing', message, 'bring the table up to date, or ask without --rates');
}

function addTo(rates: Map<string, ToolRate>, { text, rows, marked }: TextCount): void {
  const tool = text ?? ABSENT_PART;
  const { calls, errors } = rates.get(tool) ?? { calls: 0, errors: 0 };
  rates.set(tool, { tool, calls: calls + rows, errors: errors + marked });
}

function compareRates(a: ToolRate, b: ToolRate): number {
  return b.errors - a.errors || b.calls - a.calls || compareUtf8(a.tool, b.tool);
}
