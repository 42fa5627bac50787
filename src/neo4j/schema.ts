import { AuditError } from '../model/errors.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import type { Connection } from './connection.ts';
import { GRAPH_NODE, labelOf, OWN_TYPES, quoteName } from './labels.ts';
import type { Transaction } from './transaction.ts';
import { isThereAlready } from './translate-error.ts';

/** Raised when what is kept beside the graph changes, so that an older program does not misread a newer one's. */
const VERSION = '2';

/**
 * What is kept beside the graph, and what tells each of it from the others: `AuditEntry`, what an event is folded from and
 * found by; `AuditChain`, one for each origin, with its lock; `AuditChunk`, digests of neighbouring leaves; `AuditSeal`, links
 * of the chains; `AuditCheckpoint`; `AuditChange`, the log of changes; `AuditRun`; `AuditReplaced`, ids no longer made;
 * `AuditMeta`, single values.
 */
const KEYS: readonly (readonly [label: string, properties: readonly string[]])[] = [
  [GRAPH_NODE, ['UID']],
  ['AuditEntry', ['key']],
  ['AuditChain', ['origin']],
  ['AuditChunk', ['origin', 'first']],
  ['AuditSeal', ['origin', 'number']],
  ['AuditCheckpoint', ['extractor']],
  ['AuditChange', ['number']],
  ['AuditRun', ['number']],
  ['AuditReplaced', ['key']],
  ['AuditMeta', ['name']],
];

/** The labels of what is kept beside the graph: none of these nodes is one of the graph. */
export const RECORD_LABELS: readonly string[] = KEYS.map(([label]) => label).filter((label) => label !== GRAPH_NODE);

/** What is looked up by more than its key. Of nodes of a type, those of others are found, too. */
const INDEXES: readonly (readonly [label: string, property: string])[] = [
  ...OWN_TYPES.map((type) => [labelOf(type), 'UID'] as const),
  // Few have either, so these cost what is asked and no more.
  [labelOf(AUDIT_EVENT), 'deleted_at'],
  ['AuditEntry', 'owed'],
  ['AuditEntry', 'session'],
  ['AuditEntry', 'user'],
  ['AuditEntry', 'last'],
  ['AuditEntry', 'owed'],
  ['AuditChange', 'at'],
  ['AuditChange', 'record'],
  ['AuditChange', 'last'],
];

/**
 * Makes constraints and indexes where they are missing, before anything is written: without the constraints two programs
 * that write at once would make the same node twice. Throws where the record is of another version.
 */
export async function ensureSchema(connection: Connection): Promise<void> {
  const missing = await connection.read(readMissing);
  for (const statement of missing) await connection.runAlone(statement).catch(ignoreWhatIsThere);
  if (missing.length > 0) await connection.runAlone('CALL db.awaitIndexes(300)');
  const version = await connection.write(async (tx) => {
    const merged = await tx.run<{ value: string }>(
      "MERGE (meta:AuditMeta {name: 'version'}) ON CREATE SET meta.value = $version RETURN meta.value AS value",
      { version: VERSION },
    );
    return merged[0]?.value;
  });
  requireVersion(connection.path, version);
}

/** Whether a run of ours has written there. Throws where the record is of another version. */
export async function hasRecord(connection: Pick<Connection, 'path' | 'read'>): Promise<boolean> {
  const [meta] = await connection.read((tx) =>
    tx.run<{ value: string }>("MATCH (meta:AuditMeta {name: 'version'}) RETURN meta.value AS value"),
  );
  if (meta !== undefined) requireVersion(connection.path, meta.value);
  return meta !== undefined;
}

/** Somebody else has just made it. */
function ignoreWhatIsThere(error: unknown): void {
  if (!(error instanceof AuditError && isThereAlready(error.cause))) throw error;
}

function requireVersion(path: string, version: string | undefined): void {
  if (version === VERSION) return;
  const message = `the Audit nodes of target ${path} are of version ${version}, which this program does not know`;
  throw new AuditError('target-schema', message, 'use the program that wrote them, or a newer one');
}

/** The statements that make what is missing. `IF NOT EXISTS` alone would be refused by a database that may only be read. */
async function readMissing(tx: Transaction): Promise<readonly string[]> {
  const found = await tx.run<{ labels: readonly string[] | null; properties: readonly string[] | null }>(
    'SHOW INDEXES YIELD labelsOrTypes, properties, state RETURN labelsOrTypes AS labels, properties',
  );
  const constraints = await tx.run<{ labels: readonly string[]; properties: readonly string[] }>(
    "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type STARTS WITH 'UNI' OR type STARTS WITH 'NODE_PROPERTY_UNI' RETURN labelsOrTypes AS labels, properties",
  );
  const nameOf = (label: string, properties: readonly string[]) => `${label}(${properties.join(', ')})`;
  const namesOf = (rows: typeof found) =>
    new Set(rows.map(({ labels, properties }) => nameOf(labels?.join(':') ?? '', properties ?? [])));
  const [unique, indexed] = [namesOf(constraints), namesOf(found)];
  return [
    ...KEYS.filter(([label, properties]) => !unique.has(nameOf(label, properties))).map(makeConstraint),
    ...INDEXES.filter(([label, property]) => !indexed.has(nameOf(label, [property]))).map(
      ([label, property]) => `CREATE INDEX IF NOT EXISTS FOR (n:${quoteName(label)}) ON (n.${property})`,
    ),
  ];
}

function makeConstraint([label, properties]: (typeof KEYS)[number]): string {
  const key = properties.map((property) => `n.${property}`).join(', ');
  return `CREATE CONSTRAINT IF NOT EXISTS FOR (n:${quoteName(label)}) REQUIRE (${key}) IS UNIQUE`;
}
