import type { NodeRecord } from '../model/node.ts';
import { type Properties, readProperties } from '../model/properties.ts';
import { COLUMNS } from './found-nodes.ts';
import { toNative } from './native-values.ts';
import type { Parameter } from './transaction.ts';

const TAKEN: ReadonlySet<string> = new Set(COLUMNS);

/**
 * All that is to stand in a node. `properties` is the record, in JSON; its texts, numbers, truth values and lists of texts stand
 * beside it once more, where they take no other's name, so that Cypher can ask for them.
 */
export function nodeProperties(
  node: NodeRecord,
  said: Properties = readProperties(node.properties),
): { readonly [name: string]: Parameter } & { readonly UID: string } {
  return { ...nativeMembers(said), ...columnsOf(node) };
}

/** The columns that say what a node is. */
export const WRITTEN_COLUMNS = [
  ...['UID', 'node_type', 'subtype', 'name', 'properties'],
  ...['source_table', 'source_id'],
] as const satisfies readonly (typeof COLUMNS)[number][];

/** What a node says in each of them. */
export function columnsOf({ id, nodeType, subtype, name, properties, sourceTable, sourceId }: NodeRecord) {
  const said = { UID: id, node_type: nodeType, subtype, name, properties };
  return { ...said, source_table: sourceTable, source_id: sourceId } satisfies {
    readonly [Column in (typeof WRITTEN_COLUMNS)[number]]: string | null;
  };
}

/** The same for a node that is there: what it said and says no more goes, what others have added stays. */
export function changedProperties(node: NodeRecord, before: string): { readonly [name: string]: Parameter } {
  const gone = Object.keys(nativeMembers(readProperties(before))).map((name) => [name, null] as const);
  return { ...Object.fromEntries(gone), ...nodeProperties(node) };
}

/** Members as they stand beside the record. */
export function nativeMembers(said: Properties): { readonly [name: string]: Parameter } {
  const members: { [name: string]: Parameter } = {};
  for (const [name, value] of Object.entries(said)) {
    const native = name === '' || TAKEN.has(name) ? undefined : toNative(value);
    if (native !== undefined) members[name] = native;
  }
  return members;
}
