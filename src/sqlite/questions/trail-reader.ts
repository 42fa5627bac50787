import type { Database } from 'better-sqlite3';
import { spanOf } from '../../model/event-span.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { readProperties } from '../../model/properties.ts';
import { HAS_EVENT, type TrailReader, type TrailSummary, type TrailUser } from '../../model/trail.ts';
import { TrailTally } from '../../model/trail-tally.ts';
import { hasAuditTables } from '../audit-tables.ts';
import type { EdgeColumn, EdgeTable } from '../edge-table.ts';
import { quoteName } from '../quote.ts';
import { softDeleted } from '../soft-deleted.ts';
import { prepareStoredNodes, textOf } from '../stored-nodes.ts';
import type { NodeColumn, NodeTable } from '../target-schema.ts';
import { answeringTrailLookup, prepareTrailLookup } from '../trail-lookup.ts';
import type { Answer } from '../translate-error.ts';
import { prepareRecordedTrail } from './recorded-trail.ts';

/** The tables of a graph; one without edges has none for them. */
interface Tables {
  readonly nodes: NodeTable;
  readonly edges: EdgeTable | undefined;
}

interface EventRow {
  readonly subtype: string | null;
  readonly properties: string | null;
  /** What is kept beside the node, of events that do not say it themselves. */
  readonly first: number | null;
  readonly last: number | null;
}

/** The name of the node of an id. */
export type StoredName = (id: string) => string | null;

/** Prepares telling what hangs on trails, exactly, from nodes and edges alone. */
export function prepareTrailReader(db: Database, { nodes, edges }: Tables, answer: Answer): TrailReader {
  const find = prepareStoredNodes(db, nodes).find;
  const fromRecords =
    edges === undefined ? () => undefined : prepareRecordedTrail(db, edges, (id) => find(id)?.name ?? null);
  const oneByOne = edges === undefined ? () => new TrailTally().summary([]) : prepareSummary(db, nodes, edges);
  const summarize = (trail: string) => fromRecords(trail) ?? oneByOne(trail);
  return {
    ...answeringTrailLookup(prepareTrailLookup(db, nodes), answer),
    summarize: (trail) => answer(() => db.transaction(() => summarize(trail)).deferred()),
  };
}

function prepareSummary(db: Database, nodes: NodeTable, edges: EdgeTable): (trail: string) => TrailSummary {
  const node = (alias: string, column: NodeColumn) => {
    const name = nodes.columns.get(column);
    return name === undefined ? 'NULL' : `${alias}.${quoteName(name)}`;
  };
  const edge = (alias: string, column: EdgeColumn) => `${alias}.${edges.get(column) ?? column}`;
  // An event that hangs on it by two edges counts once.
  const eventsOf = `FROM kg_nodes AS n WHERE +${node('n', 'node_type')} = '${AUDIT_EVENT}'
    AND NOT (${softDeleted(db, 'n')}) AND ${node('n', 'id')} IN (SELECT ${edge('h', 'to_node')} FROM kg_edges AS h
      WHERE ${edge('h', 'from_node')} = ? AND ${edge('h', 'edge_type')} = '${HAS_EVENT}')`;
  const kept = (column: 'first' | 'last') =>
    hasAuditTables(db)
      ? `(SELECT ${column} FROM audit_entries WHERE key = substr(${node('n', 'id')}, ${AUDIT_EVENT.length + 2}))`
      : 'NULL';
  const events = db.prepare<[string], EventRow>(
    `SELECT ${textOf(node('n', 'subtype'))} AS subtype, ${textOf(node('n', 'properties'))} AS properties,
       ${kept('first')} AS first, ${kept('last')} AS last ${eventsOf}`,
  );
  const users = db.prepare<[string], TrailUser>(
    `SELECT ${textOf('p.user')} AS id, ${textOf(node('u', 'name'))} AS name, count(*) AS actions
     FROM (SELECT DISTINCT ${edge('p', 'from_node')}, ${edge('p', 'to_node')} AS user FROM kg_edges AS p
       WHERE ${edge('p', 'edge_type')} = 'PERFORMED_BY'
         AND ${edge('p', 'from_node')} IN (SELECT ${node('n', 'id')} ${eventsOf})) AS p
     LEFT JOIN kg_nodes AS u ON ${node('u', 'id')} = p.user
     GROUP BY p.user ORDER BY actions DESC, id`,
  );
  return (trail) => {
    const tally = new TrailTally();
    for (const { subtype, properties, first, last } of events.iterate(trail)) {
      const kept = first === null || last === null ? undefined : { first, last };
      tally.add(subtype, spanOf(readProperties(properties)) ?? kept);
    }
    return tally.summary(users.all(trail));
  };
}
