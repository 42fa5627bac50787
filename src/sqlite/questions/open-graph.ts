import type { Database } from 'better-sqlite3';
import type { ChangeReader } from '../../model/change.ts';
import { AuditError } from '../../model/errors.ts';
import type { Graph } from '../../model/graph.ts';
import type { KeptReader } from '../../model/graph-store.ts';
import { spanOfNode } from '../../model/node-view.ts';
import { readProperties } from '../../model/properties.ts';
import type { Searcher } from '../../model/search.ts';
import type { AtOnce } from '../at-once.ts';
import { hasKnownTables } from '../audit-tables.ts';
import { prepareChangeReader } from '../change-reader.ts';
import { type EdgeTable, inspectEdgeTable } from '../edge-table.ts';
import { contentMark, fileMark } from '../file-marks.ts';
import { noKeptEdges, prepareKeptEdges } from '../kept-edges.ts';
import { prepareKeptNodes } from '../kept-nodes.ts';
import { openToRead } from '../open-to-read.ts';
import { chooseSearcher } from '../search/choose-searcher.ts';
import { noEdgeEnds, prepareEdgeEnds } from '../search/edge-ends.ts';
import { noFacts, prepareKeptFacts } from '../search/kept-facts.ts';
import { noSessions, prepareKnownSessions } from '../search/known-sessions.ts';
import type { SearchShop } from '../search/node-searcher.ts';
import { prepareStoredNodes } from '../stored-nodes.ts';
import { inspectTable } from '../table-shape.ts';
import { inspectNodeTable, type NodeTable } from '../target-schema.ts';
import { type Answer, type Read, translating } from '../translate-error.ts';
import { AtOneMoment } from './at-one-moment.ts';
import { noEdgeLists, prepareEdgeLists } from './edge-lists.ts';
import { noEdges, prepareEdgeReader } from './edge-reader.ts';
import { readGraphState } from './graph-state.ts';
import { prepareNodeTimes } from './node-times.ts';
import { noRecords, prepareRunRecords } from './run-records.ts';
import { openStatistics } from './statistics-reader.ts';
import { prepareTrailReader } from './trail-reader.ts';

/** Opens a graph to ask it; the file is left as it is. */
export function openGraph(
  path: string,
  choose: (shop: SearchShop) => Searcher = (shop) => chooseSearcher(shop),
): Graph {
  const [file, content] = [fileMark(path), contentMark(path)];
  return openToRead(path, (db, place, close, isCopy) => {
    const read: Read = (action) => translating(place, action);
    const answer: Answer = async (action) => translating(place, action);
    const moments = new AtOneMoment(db, place);
    const table = inspectNodeTable(db, path);
    const shape = inspectTable(db, 'kg_nodes');
    if (table === undefined || shape === undefined) throw noGraph(path);
    const { edges, refusal } = edgesOf(db, path);
    const nodes = prepareStoredNodes(db, table);
    const times = prepareNodeTimes(db);
    const find = (id: string) => read(() => nodes.find(id));
    const isKept = hasKnownTables(db);
    const facts = isKept ? prepareKeptFacts(db, read) : noFacts;
    const sessions = isKept ? prepareKnownSessions(db, read) : noSessions;
    const ends = edges === undefined ? noEdgeEnds : prepareEdgeEnds(db, edges, read);
    const reader = edges === undefined ? noEdges : prepareEdgeReader(db, edges, answer);
    const version = db.prepare<[], number>('PRAGMA schema_version').pluck();
    const opened = version.get();
    const trails = prepareTrailReader(db, { nodes: table, edges }, answer);
    return {
      path,
      nodes: {
        find: (id) => answer(() => nodes.find(id)),
        times: (id) => answer(() => times(id)),
        span: ({ id, properties }) =>
          answer(() =>
            spanOfNode({ properties: readProperties(properties), kept: () => (id == null ? undefined : facts(id)) }),
          ),
        isRecorded: (id) => answer(() => facts(id) !== undefined),
      },
      get edges() {
        if (refusal !== undefined) throw refusal;
        return reader;
      },
      get edgeLists() {
        if (refusal !== undefined) throw refusal;
        return edges === undefined ? noEdgeLists : prepareEdgeLists({ db, table: edges }, read);
      },
      searcher: choose({ db, place, table: shape, find, facts, ends, sessions, read }),
      get trails() {
        if (refusal !== undefined) throw refusal;
        return trails;
      },
      kept: keptRecords(db, { nodes: table, edges }, answer),
      changes: isKept ? answering(prepareChangeReader(db, { nodes: table, edges }), answer) : undefined,
      records: isKept ? prepareRunRecords(db, answer) : noRecords,
      statistics: () => answer(() => openStatistics(db, { path, nodes: shape, edges, find, read, answer, moments })),
      state: () => answer(() => readGraphState(db, path)),
      isCurrent: () =>
        isCopy ? contentMark(path) === content : fileMark(path) === file && read(() => version.get()) === opened,
      close: () => answer(close),
    };
  });
}

function keptRecords(
  db: Database,
  tables: { readonly nodes: NodeTable; readonly edges: EdgeTable | undefined },
  answer: Answer,
): Graph['kept'] {
  const reading = <Kept>({ find, list, count }: AtOnce<KeptReader<Kept>>): KeptReader<Kept> => ({
    count: (type, limit) => answer(() => count(type, limit)),
    find: (id) => answer(() => find(id)),
    list: (question) => answer(() => list(question)),
  });
  return {
    nodes: reading(prepareKeptNodes(db, tables.nodes)),
    edges: reading(tables.edges === undefined ? noKeptEdges : prepareKeptEdges(db, tables.edges)),
  };
}

function answering({ find, countBefore }: AtOnce<ChangeReader>, answer: Answer): ChangeReader {
  return {
    find: (question) => answer(() => find(question)),
    countBefore: (moment) => answer(() => countBefore(moment)),
  };
}

/** A `kg_edges` that is none of ours is told of where edges are asked for, and nowhere else. */
function edgesOf(
  db: Database,
  path: string,
): { readonly edges?: EdgeTable | undefined; readonly refusal?: AuditError } {
  try {
    return { edges: inspectEdgeTable(db, path) };
  } catch (error) {
    if (error instanceof AuditError) return { refusal: error };
    throw error;
  }
}

function noGraph(path: string): AuditError {
  return new AuditError('target-schema', `target ${path} has no kg_nodes`, 'a run makes it; or name another target');
}
