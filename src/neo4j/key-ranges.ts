import { escapePart, kindOf, nodeId, prefixOf } from '../model/key.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import { findNodes } from './found-nodes.ts';
import type { Transaction } from './transaction.ts';

/** The keys from one on and before another one. */
export interface KeyRange {
  readonly low: string;
  readonly before: string;
}

/** The keys that begin with something and a colon, which `;` follows. */
export const rangeOf = (begin: string): KeyRange => ({ low: `${begin}:`, before: `${begin};` });

/** The keys of a session, whatever their prefix. */
export const rangesOfSession = (prefixes: readonly string[], session: string): readonly KeyRange[] =>
  prefixes.map((prefix) => rangeOf(`${prefix}:${escapePart(session)}`));

/** The keys of one kind, such as errors, of all origins. */
export const rangesOfKind = (prefixes: readonly string[], kind: string): readonly KeyRange[] =>
  prefixes.map(rangeOf).filter(({ low }) => kindOf(low) === kind);

/** The prefixes that recorded keys have, those of other origins too; each takes two looks at an index. */
export async function readPrefixes(tx: Transaction): Promise<readonly string[]> {
  const found: string[] = [];
  for (let low = ''; ; ) {
    const key = await firstKey(tx, low);
    if (key === undefined) return found;
    const prefix = prefixOf(key);
    if (prefix !== undefined) found.push(prefix);
    low = prefix === undefined ? `${key}\0` : rangeOf(prefix).before;
  }
}

/** Those whose events may be of a subtype: a run goes along the keys, so where it is being changed the first and the last differ. */
export async function prefixesOfSubtype(
  tx: Transaction,
  prefixes: readonly string[],
  subtype: string,
): Promise<readonly string[]> {
  const holding: string[] = [];
  for (const prefix of prefixes) {
    const { low, before } = rangeOf(prefix);
    const ids = [await firstKey(tx, low), await lastKey(tx, before)].map((key) => nodeId(AUDIT_EVENT, key ?? ''));
    const nodes = await findNodes(tx, ids, false);
    const [first, last] = ids.map((id) => nodes.get(id)?.subtype);
    if (first === subtype || last === subtype || first !== last) holding.push(prefix);
  }
  return holding;
}

async function firstKey(tx: Transaction, low: string): Promise<string | undefined> {
  const [row] = await tx.run<{ key: string }>(
    'MATCH (e:AuditEntry) WHERE e.key >= $low RETURN e.key AS key ORDER BY e.key LIMIT 1',
    { low },
  );
  return row?.key;
}

async function lastKey(tx: Transaction, before: string): Promise<string | undefined> {
  const [row] = await tx.run<{ key: string }>(
    'MATCH (e:AuditEntry) WHERE e.key < $before RETURN e.key AS key ORDER BY e.key DESC LIMIT 1',
    { before },
  );
  return row?.key;
}
