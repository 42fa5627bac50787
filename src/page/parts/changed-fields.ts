/** A field that differs; undefined where it was, or is, not there. */
export interface ChangedField {
  readonly name: string;
  readonly was: unknown;
  readonly is: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a record that a change made, took away or altered; its properties one by one. */
export function changedFields(before: Fields | null, after: Fields | null): readonly ChangedField[] {
  const [was, is] = [flat(before), flat(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((name) => ({ name, was: was[name] ?? undefined, is: is[name] ?? undefined }))
    .filter(({ was: one, is: other }) => text(one) !== text(other));
}

function flat(record: Fields | null): Fields {
  if (record === null) return {};
  const { properties, ...rest } = record;
  const isObject = typeof properties === 'object' && properties !== null && !Array.isArray(properties);
  return isObject ? { ...rest, ...properties } : { ...rest, properties };
}

const text = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one));
