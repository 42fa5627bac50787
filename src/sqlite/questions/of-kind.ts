/** Before a key stands in an id what all ids of events begin with; in a key nothing does. */
type Before = '' | 'audit_event:';

/**
 * SQL that holds for the keys, or ids, with a prefix: those without an origin are one range, and those of origins are among
 * another one, which is empty in a graph of one source.
 */
export function ofKind(column: string, prefix: string, before: Before = ''): string {
  const rest = before === '' ? column : `substr(${column}, ${before.length + 1})`;
  return `(${column} >= '${before}${prefix}:' AND ${column} < '${before}${prefix};'
    OR ${column} >= '${before}@' AND ${column} < '${before}A' AND instr(${rest}, ':${prefix}:') = instr(${rest}, ':'))`;
}
