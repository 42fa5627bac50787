import type { ChangeQuestion } from '../model/change.ts';
import type { Parameter, Transaction } from './transaction.ts';

/** Rows of the log that are looked at in one read. */
const AT_ONCE = 200n;

/** The rows that tell of one record, or of many of which it may be one: their bounds spare a look at most lists. */
const OF_RECORD = `CALL {
    MATCH (c:AuditChange) WHERE c.record = $record AND c.records IS NULL RETURN c
    UNION ALL
    MATCH (c:AuditChange) WHERE c.last >= $record AND c.record <= $record RETURN c
  } WITH c`;

/** A node of the log: one change, or the new records of one transaction that are of one component. */
export interface ChangeRow {
  readonly number: string;
  readonly timestamp: string;
  readonly run: bigint | null;
  readonly component: string;
  readonly operation: string;
  readonly actor: string;
  /** Of many, the least of their ids. */
  readonly record: string;
  /** As `packIds` makes them. */
  readonly records: Int8Array | null;
  readonly amount: bigint;
  readonly before: string | null;
  readonly after: string | null;
}

/** The rows of the log that have what is asked for, the newest first; where a record is asked for, those that may tell of it. */
export async function* readChangeRows(tx: Transaction, question: ChangeQuestion): AsyncGenerator<ChangeRow, void> {
  const { conditions, parameters } = filterOf(question);
  for (let after: string | undefined; ; ) {
    const later = after === undefined ? "c.number >= ''" : 'c.number < $after';
    const rows = await tx.run<ChangeRow>(
      `${question.record === undefined ? 'MATCH (c:AuditChange)' : OF_RECORD} WHERE ${[later, ...conditions].join(' AND ')}
       WITH c ORDER BY c.number DESC LIMIT $limit
       RETURN c.number AS number, c.at AS timestamp, c.run AS run, c.component AS component, c.operation AS operation,
         c.actor AS actor, c.record AS record, c.records AS records, c.amount AS amount, c.before AS before, c.after AS after`,
      { ...parameters, after: after ?? null, limit: AT_ONCE },
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}

function filterOf({ record, component, operation, actor, since, until }: ChangeQuestion) {
  const conditions: string[] = [];
  const parameters: Record<string, Parameter> = {};
  const add = (name: string, value: string | undefined, condition: string) => {
    if (value === undefined) return;
    conditions.push(condition);
    parameters[name] = value;
  };
  const momentOf = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment).toISOString());
  add('component', component, 'c.component = $component');
  add('operation', operation, 'c.operation = $operation');
  add('actor', actor, 'c.actor = $actor');
  add('since', momentOf(since), 'c.at >= $since');
  add('until', momentOf(until), 'c.at <= $until');
  add('record', record, 'TRUE');
  return { conditions, parameters };
}
