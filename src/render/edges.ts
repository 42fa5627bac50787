import type { EdgeReport } from '../model/report.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** What became of edges, for people. */
export function renderEdges(edges: EdgeReport, isDryRun: boolean): readonly string[] {
  const types = edges.types.filter(({ inserted }) => inserted > 0);
  const made = types.map(({ edge_type, inserted }) => `${grouped(inserted)} ${visible(edge_type)}`).join(', ');
  const verb = isDryRun ? 'to insert' : 'inserted';
  const least = edges.at_least ? 'at least ' : '';
  const counts = `${least}${grouped(edges.inserted)} ${verb}, ${grouped(edges.unchanged)} unchanged`;
  const lines = [
    `Edges: ${counts}${made === '' ? '' : ` (${made})`}, ${grouped(edges.nodes_inserted)} nodes for them.`,
  ];
  const [first] = edges.missing_ends;
  if (first === undefined) return lines;
  const ends = `${visible(first)}${edges.missing_ends.length > 1 ? ', ...' : ''}`;
  return [...lines, `${grouped(edges.missing)} edges not made, as an end is not there: ${ends}`];
}
