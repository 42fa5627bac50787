import type { Seal } from '../../model/seal.ts';
import type { Transaction } from '../transaction.ts';

type Row = Omit<Seal, 'number'> & { readonly number: bigint };

const RETURNED = 'RETURN s.number AS number, s.previous AS previous, s.content AS content, s.seal AS seal';

/** Links of the chain of an origin: the last one, or those from a number on, in order, so many at the most. */
export async function readSeals(
  tx: Transaction,
  origin: string,
  which: 'head' | { readonly from: number; readonly limit: number },
): Promise<readonly Seal[]> {
  const [order, from, limit] = which === 'head' ? ['DESC', 0, 1] : ['', which.from, which.limit];
  const rows = await tx.run<Row>(
    `MATCH (s:AuditSeal) WHERE s.origin = $origin AND s.number >= $from
     ${RETURNED} ORDER BY s.origin ${order}, s.number ${order} LIMIT $limit`,
    { origin, from: BigInt(from), limit: BigInt(limit) },
  );
  return rows.map((row) => ({ ...row, number: Number(row.number) }));
}
