import type { EdgeInput, GraphStore, KeptEdge, KeptNode, NodeInput, Records } from '../model/graph-store.ts';
import { keptEdgeRow, keptNodeRow } from '../render/kept-record.ts';
import { type RecordBody, recordBody } from './record-body.ts';

/** Nodes or edges: what differs between the two where records are written one by one. */
export interface RecordKind<Kept, Input> {
  readonly what: 'node' | 'edge';
  readonly recordsOf: (store: GraphStore) => Records<Kept, Input>;
  readonly typeOf: (record: Input) => string;
  readonly bodyOf: (kept: Kept) => RecordBody;
}

export const NODES: RecordKind<KeptNode, NodeInput> = {
  what: 'node',
  recordsOf: ({ nodes }) => nodes,
  typeOf: ({ nodeType }) => nodeType,
  bodyOf: (node) => recordBody(node.id, keptNodeRow(node)),
};

export const EDGES: RecordKind<KeptEdge, EdgeInput> = {
  what: 'edge',
  recordsOf: ({ edges }) => edges,
  typeOf: ({ edgeType }) => edgeType,
  bodyOf: (edge) => recordBody(edge.id, keptEdgeRow(edge)),
};
