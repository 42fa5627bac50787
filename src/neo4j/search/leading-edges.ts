import { type EntityType, entityId } from '../../model/entity.ts';
import type { NodeView } from '../../model/node-view.ts';
import type { NodeFilter } from '../../model/search.ts';
import type { FoundNode } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';

const ENTITIES = ['tool', 'user', 'session'] as const satisfies readonly (keyof NodeFilter & EntityType)[];
const EDGES = 'BY_TOOL|PERFORMED_BY|IN_SESSION';

/** What edges of a node say of a filter. */
export type LeadsFrom = (node: FoundNode) => NodeView['leadsTo'];

/** Reads where edges of some nodes lead, as far as a filter asks: to an entity of ours, or to a node of others with that very id. */
export async function readLeads(tx: Transaction, nodes: readonly FoundNode[], filter: NodeFilter): Promise<LeadsFrom> {
  const ends = ENTITIES.flatMap((entity) => endsOf(entity, filter[entity]));
  if (nodes.length === 0 || ends.length === 0) return () => () => false;
  const rows = await tx.run<{ handle: string; type: string; end: string }>(
    `UNWIND $handles AS handle MATCH (n) WHERE elementId(n) = handle
     MATCH (n)-[r:${EDGES}]->(o) WHERE o.UID IN $ends RETURN handle, type(r) AS type, o.UID AS end`,
    { handles: nodes.map(({ handle }) => handle), ends },
  );
  const nameOf = (handle: string, type: string, end: string) => JSON.stringify([handle, type, end]);
  const leads = new Set(rows.map(({ handle, type, end }) => nameOf(handle, type, end)));
  return ({ handle }) =>
    (edgeType, entity, value) =>
      endsOf(entity, value).some((end) => leads.has(nameOf(handle, edgeType, end)));
}

function endsOf(entity: EntityType, value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  const id = entityId(entity, value);
  return value.startsWith(`${entity}:`) ? [id] : [id, value];
}
