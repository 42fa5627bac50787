import { AUDIT_EVENT } from '../../model/node.ts';
import type { SortKey } from '../../model/search.ts';
import { firstCodePoints } from '../../model/text.ts';
import { FACT_VALUES, type FactsRow } from '../entry-facts.ts';
import type { Parameter, Transaction } from '../transaction.ts';
import type { EntryConditions } from './entry-conditions.ts';

/** So much of an id is that of its key, too, however long the key is. */
const SAME_BEGIN = 100;

/** All entries of some conditions where they are few; undefined where they are not. */
export async function readFew(
  tx: Transaction,
  asked: EntryConditions,
  most: number,
): Promise<readonly FactsRow[] | undefined> {
  const parameters = { ...asked.parameters, limit: BigInt(most + 1) };
  const found = new Map<string, FactsRow>();
  for (const part of asked.parts) {
    const rows = await tx.run<FactsRow>(
      `MATCH (e:AuditEntry) WHERE ${[part, ...asked.conditions].join(' AND ')} RETURN ${FACT_VALUES} LIMIT $limit`,
      parameters,
    );
    for (const row of rows) found.set(row.key, row);
    if (found.size > most) return undefined;
  }
  return [...found.values()];
}

/** How entries are walked along by time: from which moment on, and how many at once, first and at the most. */
interface TimeWalk {
  readonly isReversed: boolean;
  readonly from: number | null;
  readonly first: number;
  readonly most: number;
}

/**
 * Visits entries that have a time, the newest first or the oldest, until `visit` has had enough; it is always given all entries
 * of one moment, or all but those that follow in its next page.
 */
export async function walkByTime(
  tx: Transaction,
  asked: EntryConditions,
  { isReversed, from, first, most }: TimeWalk,
  visit: (page: readonly FactsRow[]) => Promise<boolean>,
): Promise<void> {
  const [order, orEqual, beyond] = isReversed ? ['ASC', '>=', '>'] : ['DESC', '<=', '<'];
  let place: { readonly last: bigint; readonly key: string } | undefined =
    from === null ? undefined : { last: BigInt(from), key: '' };
  for (let size = Math.min(first, most); ; ) {
    const onward = place === undefined ? [] : [`e.last ${orEqual} $last`, `(e.last ${beyond} $last OR e.key > $key)`];
    const conditions = ['e.last IS NOT NULL', ...onward, ...asked.conditions];
    const page: readonly FactsRow[] = await tx.run<FactsRow>(
      `MATCH (e:AuditEntry) WHERE ${conditions.join(' AND ')}
       WITH e ORDER BY e.last ${order}, e.key LIMIT $limit RETURN ${FACT_VALUES}`,
      { ...asked.parameters, ...placeOf(place), limit: BigInt(size) },
    );
    const last = page.at(-1);
    if (last === undefined || last.last === null || !(await visit(page))) return;
    place = { last: last.last, key: last.key };
    size = Math.min(2 * size, most);
  }
}

/** Visits entries without a time in the order of their keys, from where an id would be on. */
export async function walkUndated(
  tx: Transaction,
  asked: EntryConditions,
  { after, pageSize }: { readonly after: SortKey | undefined; readonly pageSize: number },
  visit: (page: readonly FactsRow[]) => Promise<boolean>,
): Promise<void> {
  if (!(await hasUndated(tx))) return;
  const begin = after === undefined ? '' : firstCodePoints(after.id.slice(`${AUDIT_EVENT}:`.length), SAME_BEGIN);
  for (let [from, key] = ['>=', begin]; ; from = '>') {
    const page: readonly FactsRow[] = await tx.run<FactsRow>(
      `MATCH (e:AuditEntry) WHERE ${[`e.key ${from} $key`, 'e.last IS NULL', ...asked.conditions].join(' AND ')}
       WITH e ORDER BY e.key LIMIT $limit RETURN ${FACT_VALUES}`,
      { ...asked.parameters, key, limit: BigInt(pageSize) },
    );
    const last = page.at(-1);
    if (last === undefined || !(await visit(page))) return;
    key = last.key;
  }
}

/** Whether two keys may be of ids in another order than they are in: ids of long ones are shortened. */
export const mayBeDisordered = (a: string, b: string): boolean =>
  firstCodePoints(a, SAME_BEGIN) === firstCodePoints(b, SAME_BEGIN);

/** Both numbers come from what the server counts or an index has. */
async function hasUndated(tx: Transaction): Promise<boolean> {
  const rows = await tx.run<{ count: bigint }>(
    `CALL { MATCH (e:AuditEntry) RETURN count(e) AS count } RETURN count
     UNION ALL CALL { MATCH (e:AuditEntry) WHERE e.last IS NOT NULL RETURN count(e) AS count } RETURN count`,
  );
  const [all = 0n, dated = 0n] = rows.map(({ count }) => count);
  return all !== dated;
}

function placeOf(place: { readonly last: bigint; readonly key: string } | undefined): {
  readonly [name: string]: Parameter;
} {
  return { last: place?.last ?? null, key: place?.key ?? null };
}
