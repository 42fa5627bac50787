import type { LinkCounts } from '../model/linker.ts';
import type { Redactor } from '../model/redaction.ts';
import type { EdgeReport } from '../model/report.ts';
import { compareUtf8 } from '../model/text.ts';
import { cleanId } from './clean-id.ts';

const NOTHING: LinkCounts = { edges: new Map(), nodes: 0, missing: 0, missingEnds: [], cut: 0 };

/** What became of edges, as reports have it. */
export function edgeReport(counts: LinkCounts = NOTHING, redactor: Redactor): EdgeReport {
  const types = [...counts.edges].map(([edge_type, { inserted, unchanged }]) => ({ edge_type, inserted, unchanged }));
  const sum = (count: 'inserted' | 'unchanged') => types.reduce((total, type) => total + type[count], 0);
  return {
    inserted: sum('inserted'),
    ...(counts.cut > 0 && { at_least: true }),
    unchanged: sum('unchanged'),
    nodes_inserted: counts.nodes,
    missing: counts.missing,
    missing_ends: counts.missingEnds.map((id) => cleanId(id, redactor)),
    types: types.sort((a, b) => compareUtf8(a.edge_type, b.edge_type)),
  };
}
