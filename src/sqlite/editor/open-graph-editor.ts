import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import type { GraphEditor, HoldingReader } from '../../model/graph-editor.ts';
import type { EditorOpening } from '../../model/graph-opening.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { createAuditTables } from '../audit-tables.ts';
import { connect } from '../connect.ts';
import { inspectEdgeTable } from '../edge-table.ts';
import { openToRead } from '../open-to-read.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { openEdgeTable } from '../store/open-edge-table.ts';
import { probeCopy } from '../store/probe-copy.ts';
import { inspectNodeTable, type NodeTable } from '../target-schema.ts';
import { type Place, probing, translating } from '../translate-error.ts';
import { SqliteGraphEditor } from './graph-editor.ts';
import { SqliteHoldingReader } from './holding-reader.ts';
import { nothingHeld, prepareHoldings } from './holdings.ts';

/** Opens a graph that is there to edit it; its table of edges is made where it is missing. */
export function openGraphEditor(
  path: string,
  { now, actor, cleaner, hooks, patience }: EditorOpening,
): Promise<GraphEditor> {
  const place: Place = { role: 'target', path };
  return retryWhileLocked(patience, () =>
    translating(place, () => {
      const db = connect(path, { fileMustExist: true });
      try {
        const table = requireNodeTable(db, path);
        const edges = openEdgeTable(db, { path, nodes: table, edgeTypes: [HAS_EVENT] });
        createAuditTables(db, path);
        const holdings = prepareHoldings(db, path, table, edges);
        const reader = new SqliteHoldingReader(db, place, table, holdings, () => db.close());
        return new SqliteGraphEditor(db, {
          ...{ reader, place, table, edges, holdings, now, actor, cleaner, hooks, patience },
        });
      } catch (error) {
        db.close();
        throw error;
      }
    }),
  );
}

/** Opens a graph to look at what its events hang on, if it would take being edited; the file is left as it is. */
export function openHoldingReader(path: string): HoldingReader {
  return openToRead(path, (db, place, close) => {
    const table = requireNodeTable(db, path);
    const edges = inspectEdgeTable(db, path);
    probing(path, () => probeCopy(db, path, { origins: [], edgeTypes: [HAS_EVENT] }));
    const holdings = edges === undefined ? nothingHeld : prepareHoldings(db, path, table, edges);
    return new SqliteHoldingReader(db, place, table, holdings, close);
  });
}

function requireNodeTable(db: Database, path: string): NodeTable {
  const table = inspectNodeTable(db, path);
  if (table !== undefined) return table;
  throw new AuditError('target-schema', `target ${path} has no kg_nodes`, 'a run makes it; or name another target');
}
