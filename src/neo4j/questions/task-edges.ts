import { readDays, touchDays } from '../../model/day-counts.ts';
import { ErrorTally } from '../../model/error-tally.ts';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { type DayRange, type ErrorsAround, TASKS, TOOL_ERRORS } from '../../model/statistics.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { IS_LIVING } from '../typed-nodes.ts';
import { matchCounted } from './counted-rows.ts';
import type { KindRange, StatisticsShop } from './statistics-shop.ts';
import { readDeciding, readTasksOf } from './task-ends.ts';

const BEFORE_KEY = `${AUDIT_EVENT}:`;

interface ToolErrors {
  readonly tool: string;
  readonly events: bigint;
  readonly errors: bigint;
  /** Ids of events that no entry has. */
  readonly others: readonly string[];
}

/** What is known of tasks by the edges that lead to them. */
export class TaskEdges {
  readonly #tx: Transaction;
  readonly #shop: StatisticsShop;

  constructor(tx: Transaction, shop: StatisticsShop) {
    this.#tx = tx;
    this.#shop = shop;
  }

  /** Whether there are such edges, or would be if any event were for a task: all linkers have been at work once they are noted. */
  async any(): Promise<boolean> {
    const [noted] = await this.#tx.run<object>("MATCH (m:AuditMeta {name: 'linkers'}) RETURN 1 AS one LIMIT 1");
    if (noted !== undefined) return true;
    const [edge] = await this.#tx.run<object>('MATCH ()-[r:FOR_TASK]->() RETURN 1 AS one LIMIT 1');
    return edge !== undefined;
  }

  /** The errors that were for the tasks that an event was for. */
  async around(event: string): Promise<ErrorsAround> {
    const tally = new ErrorTally();
    for (const task of (await readTasksOf(this.#tx, [event])).get(event) ?? []) {
      for (const row of await this.#errorsOf(task)) {
        if (row.events > 0n) tally.add(row.tool, Number(row.events), Number(row.errors));
        const nodes = await findNodes(this.#tx, row.others, false);
        for (const { properties } of nodes.values()) tally.addNode(properties);
      }
    }
    return tally.sum();
  }

  /** Those of some tasks' own events that no other row of their tasks comes after. */
  async deciding(events: readonly string[]): Promise<ReadonlySet<string>> {
    const tasks = await readTasksOf(this.#tx, events);
    const deciding = await this.#decidingOf([...tasks.values()].flat());
    const isLast = (event: string) =>
      (tasks.get(event) ?? []).every((task) => (deciding.get(task)?.id ?? event) === event);
    return new Set(events.filter(isLast));
  }

  /** How many of the tasks failed within a range that errors of these keys, of that range too, were for. */
  async failedTasksOf(errors: readonly KindRange[], range: DayRange): Promise<number> {
    const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = range;
    const isOpen = range.since === undefined && range.until === undefined;
    const isWithin = (last: number | null) => isOpen || (last !== null && last >= since && last <= until);
    const { match, parameters } = matchCounted(this.#shop, errors);
    const rows = await this.#tx.run<{ key: string; last: bigint | null; days: string | null }>(
      `${match} RETURN e.key AS key, e.last AS last, e.days AS days`,
      parameters,
    );
    const wanted = rows.filter(({ last, days }) => {
      if (isOpen || days === null) return isWithin(last === null ? null : Number(last));
      return touchDays(readDays(days), clamp(since), clamp(until));
    });
    const ids = wanted.map(({ key }) => nodeId(AUDIT_EVENT, key));
    const tasks = new Set([...(await readTasksOf(this.#tx, ids)).values()].flat());
    const ends = [...(await this.#decidingOf([...tasks])).values()];
    return ends.filter(({ isFailed, last }) => isFailed && isWithin(last)).length;
  }

  #decidingOf(tasks: readonly string[]) {
    return readDeciding(this.#tx, [...new Set(tasks)], this.#beginsOf(TASKS.prefix));
  }

  /** By tool, those first that are recorded. */
  #errorsOf(task: string): Promise<readonly ToolErrors[]> {
    return this.#tx.run<ToolErrors>(
      `MATCH (t)<-[:FOR_TASK]-(n)
       WHERE elementId(t) = $task AND any(begin IN $begins WHERE n.UID STARTS WITH begin) AND ${IS_LIVING}
       WITH DISTINCT n.UID AS id OPTIONAL MATCH (e:AuditEntry {key: substring(id, $begin)})
       WITH e IS NULL AS isOther, coalesce(e.what, '') AS tool, count(e) AS events, sum(e.drafts) AS errors,
         collect(CASE WHEN e IS NULL THEN id END) AS others
       RETURN tool, events, errors, others ORDER BY isOther, tool`,
      { task, begins: this.#beginsOf(TOOL_ERRORS.prefix), begin: BigInt(BEFORE_KEY.length) },
    );
  }

  /** How the ids of events of a kind begin, of all origins. */
  #beginsOf(kind: string): readonly string[] {
    const ranges = this.#shop.ranges.filter((range) => range.kind === kind);
    return ranges.map(({ low }) => `${BEFORE_KEY}${low}`);
  }
}

/** Days have names within these. */
const clamp = (moment: number): number => Math.max(-8.64e15, Math.min(8.64e15, moment));
