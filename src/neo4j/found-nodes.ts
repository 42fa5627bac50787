import { isJsonObject } from '../model/is-json-object.ts';
import type { StoredNode } from '../model/node.ts';
import { GRAPH_NODE, labelOf, OWN_TYPES, quoteName, typeOfLabels } from './labels.ts';
import { toJsonText } from './native-values.ts';
import { RECORD_LABELS } from './schema.ts';
import type { Transaction } from './transaction.ts';

/** A node as it stands; one that others made says what it can. */
export interface FoundNode extends StoredNode {
  readonly id: string;
  /** What it is found by within one transaction. */
  readonly handle: string;
  readonly nodeType: string | null;
  readonly subtype: string | null;
  readonly name: string;
  readonly properties: string;
  readonly sourceTable: string | null;
  readonly sourceId: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Null where it is not marked as deleted. */
  readonly deletedAt: string | null;
}

/** What a statement returns of a node `n`, for `toFoundNode`. */
export const NODE_VALUES = 'elementId(n) AS handle, labels(n) AS labels, properties(n) AS said';

export interface NodeValues {
  readonly handle: string;
  readonly labels: readonly string[];
  readonly said: { readonly [name: string]: unknown };
}

/** The properties of a node that are not what it says beyond them. */
export const COLUMNS = [
  ...['UID', 'node_type', 'subtype', 'name', 'properties', 'source_table', 'source_id'],
  ...['created_at', 'updated_at', 'deleted_at'],
] as const;

export function toFoundNode({ handle, labels, said }: NodeValues): FoundNode {
  const text = (name: string) => (said[name] == null ? null : textOf(said[name]));
  const id = text('UID') ?? '';
  const properties = said['properties'];
  const isKept = typeof properties === 'string' && isJsonObject(properties);
  return {
    id,
    handle,
    nodeType: text('node_type') ?? typeOfLabels(labels),
    subtype: text('subtype'),
    name: text('name') ?? text('eventType') ?? id,
    properties: isKept ? properties : nativeProperties(said),
    sourceTable: text('source_table'),
    sourceId: text('source_id'),
    createdAt: text('created_at'),
    updatedAt: text('updated_at'),
    deletedAt: text('deleted_at') || null,
  };
}

/** What a node says, without what is known of it beside that. */
export function toStoredNode(node: FoundNode): StoredNode {
  const { id, nodeType, subtype, name, properties, sourceTable, sourceId } = node;
  return { id, nodeType, subtype, name, properties, sourceTable, sourceId };
}

const ANYBODYS = OWN_TYPES.map((type) => quoteName(labelOf(type))).join('|');

/**
 * Nodes by their ids, whoever made them. Those of others are looked for among nodes of our types, and, where `isThorough`,
 * among all there are, which takes as long as there are many.
 */
export async function findNodes(
  tx: Transaction,
  ids: readonly string[],
  isThorough: boolean,
): Promise<ReadonlyMap<string, FoundNode>> {
  if (ids.length === 0) return new Map();
  const ours = byId(await tx.run(`UNWIND $ids AS id MATCH (n:${GRAPH_NODE} {UID: id}) RETURN ${NODE_VALUES}`, { ids }));
  const missing = ids.filter((id) => !ours.has(id));
  return new Map([...ours, ...(await findOthers(tx, missing, isThorough))]);
}

/** The same of ids that no node of ours has. */
export async function findOthers(
  tx: Transaction,
  ids: readonly string[],
  isThorough: boolean,
): Promise<ReadonlyMap<string, FoundNode>> {
  if (ids.length === 0 || !(await hasOthers(tx))) return new Map();
  const found = byId(await tx.run(`UNWIND $ids AS id MATCH (n:${ANYBODYS} {UID: id}) RETURN ${NODE_VALUES}`, { ids }));
  const rest = ids.filter((id) => !found.has(id));
  if (!isThorough || rest.length === 0) return found;
  return new Map([
    ...found,
    ...byId(await tx.run(`MATCH (n) WHERE n.UID IN $ids RETURN ${NODE_VALUES}`, { ids: rest })),
  ]);
}

/** Where others have made several of an id, it is the first that was found. */
function byId(rows: readonly NodeValues[]): ReadonlyMap<string, FoundNode> {
  const found = new Map<string, FoundNode>();
  for (const node of rows.map(toFoundNode)) if (!found.has(node.id)) found.set(node.id, node);
  return found;
}

const OURS = [GRAPH_NODE, ...RECORD_LABELS].map((label) => `COUNT { MATCH (:${label}) }`).join(' + ');

/** What was answered in transactions that are open: others' nodes that come meanwhile come after it. */
const answers = new WeakMap<Transaction, Promise<boolean>>();

/** Whether there are nodes that this program has not made; asked once a transaction. */
export function hasOthers(tx: Transaction): Promise<boolean> {
  const known = answers.get(tx);
  if (known !== undefined) return known;
  const answer = askForOthers(tx);
  answers.set(tx, answer);
  return answer;
}

/** All these numbers are kept by the server and cost nothing. */
async function askForOthers(tx: Transaction): Promise<boolean> {
  const [row] = await tx.run<{ hasOthers: boolean }>(`RETURN COUNT { MATCH () } > ${OURS} AS hasOthers`);
  return row?.hasOthers === true;
}

/** What a node of others says, as the JSON of what it has beside our columns. */
function nativeProperties(said: NodeValues['said']): string {
  const columns: readonly string[] = COLUMNS;
  const members = Object.keys(said)
    .filter((name) => !columns.includes(name))
    .sort()
    .map((name) => `${JSON.stringify(name)}:${toJsonText(said[name])}`);
  return `{${members.join(',')}}`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : toJsonText(value));
