import type { Database } from 'better-sqlite3';
import type { EdgeTable } from '../edge-table.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import type { StoredNodes } from '../stored-nodes.ts';
import type { NodeTable } from '../target-schema.ts';
import { type LinkStatements, prepareLinkStatements } from './link-statements.ts';
import { LinkWriter } from './link-writer.ts';

/** How edges are made. */
export interface EdgeOptions {
  /** Undefined where there is no table of them, in a dry run. */
  readonly table: EdgeTable | undefined;
  /** What the linkers go by: those of another digest may make other edges. Undefined where not all of them are at work. */
  readonly linkers: string | undefined;
}

/** What it takes to make edges. */
export interface LinkDesk {
  readonly writer: LinkWriter;
  readonly notes: LinkStatements;
}

/** Prepares it for the tables of a graph. */
export function openLinkDesk(
  db: Database,
  { linkers }: EdgeOptions,
  { nodes, table, graph }: { readonly nodes: StoredNodes; readonly table: NodeTable; readonly graph: GraphWriter },
): LinkDesk {
  return {
    writer: new LinkWriter(db, table, graph),
    notes: prepareLinkStatements(db, linkers, nodes.find),
  };
}
