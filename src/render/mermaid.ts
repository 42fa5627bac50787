import type { Neighborhood } from '../model/neighborhood.ts';
import { encodeMermaid as encode } from './encode-mermaid.ts';
import { colorsOf } from './node-colors.ts';
import { cutsOf, moreLabel, nodeKind, nodeName, typeLabel } from './node-label.ts';

/**
 * A neighbourhood as a Mermaid flowchart. No text from data stands in it but within quotes and encoded; nodes and classes
 * are numbered.
 */
export function renderMermaid({ nodes, edges, more }: Neighborhood): string {
  const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
  const numberOf = (id: string) => numbers.get(id) ?? 0;
  const { byLimit, byDepth } = cutsOf(more);
  const colors = colorsOf(nodes);
  const classes = new Map([...colors.keys()].map((type, index) => [type, `t${index}`]));
  const lines = [
    'flowchart LR',
    ...nodes.map((node, index) => {
      const label = `"${encode(nodeName(node))}<br/>${encode(nodeKind(node, byDepth.get(node.id)))}"`;
      return `n${index}[${label}]:::${classes.get(node.nodeType) ?? 't0'}`;
    }),
    ...edges.map(
      (edge) => `n${numberOf(edge.fromNode)} -->|"${encode(typeLabel(edge.edgeType))}"| n${numberOf(edge.toNode)}`,
    ),
    ...byLimit.flatMap((cut) => {
      const node = numberOf(cut.node);
      return [`m${node}["${encode(moreLabel(cut))}"]:::more`, `n${node} -.- m${node}`];
    }),
    ...[...colors].map(
      ([type, { fill, line }]) => `classDef ${classes.get(type)} fill:${fill},stroke:${line},color:#1f2328`,
    ),
    ...(byLimit.length > 0 ? ['classDef more fill:none,stroke:#8c959f,stroke-dasharray:4'] : []),
  ];
  return `${lines.join('\n  ')}\n`;
}
