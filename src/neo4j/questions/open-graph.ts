import type { Graph } from '../../model/graph.ts';
import { changeReader } from '../change-reader.ts';
import type { Connection } from '../connection.ts';
import { findFacts, noFacts } from '../entry-facts.ts';
import { keptEdges } from '../kept-edges.ts';
import { keptNodes } from '../kept-nodes.ts';
import type { Read } from '../reading.ts';
import { NodeSearcher } from '../search/node-searcher.ts';
import { trailLookup } from '../trail-lookup.ts';
import { edgeLists } from './edge-lists.ts';
import { edgeReader } from './edge-reader.ts';
import { readGraphState, recordOf } from './graph-state.ts';
import { nodeReader } from './node-reader.ts';
import { noRecords, runRecords } from './run-records.ts';
import { openStatistics } from './statistics-reader.ts';
import { summarizeTrail } from './trail-summary.ts';

/** Opens a graph to ask it; nothing is written. The connection stays open when it is closed. */
export async function openGraph(connection: Connection): Promise<Graph> {
  const read: Read = (action, signal) => connection.read(action, signal);
  const isKept = (await recordOf(connection)) === 'known';
  const facts = isKept ? findFacts : noFacts;
  return {
    path: connection.path,
    nodes: nodeReader(read, facts),
    kept: { nodes: keptNodes(read), edges: keptEdges(read) },
    edges: edgeReader(read),
    edgeLists: edgeLists(read),
    searcher: new NodeSearcher(read, isKept),
    trails: { ...trailLookup(read), summarize: (id) => read((tx) => summarizeTrail(tx, id, facts)) },
    records: isKept ? runRecords(read) : noRecords,
    changes: isKept ? changeReader(read) : undefined,
    statistics: () => openStatistics(connection, read),
    state: () => readGraphState(connection),
    isCurrent: () => true,
    close: async () => {},
  };
}
