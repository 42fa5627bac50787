import type { Neighborhood } from '../model/neighborhood.ts';
import { colorsOf } from './node-colors.ts';
import { cutsOf, moreLabel, nodeKind, nodeName, nodeTip, typeLabel } from './node-label.ts';

const GREY = '#8c959f';

/** A neighbourhood for Graphviz. No text from data stands in it but as a quoted string; nodes are numbered. */
export function renderDot({ nodes, edges, more }: Neighborhood): string {
  const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
  const numberOf = (id: string) => numbers.get(id) ?? 0;
  const title = nodes[0] === undefined ? '' : nodeName(nodes[0]);
  const { byLimit, byDepth } = cutsOf(more);
  const colors = colorsOf(nodes);
  const lines = [
    'rankdir=LR;',
    `label=${quote(title)}; labelloc=t; fontname="Helvetica"; bgcolor="transparent"; fontcolor="${GREY}";`,
    'node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, fontcolor="#1f2328"];',
    `edge [fontname="Helvetica", fontsize=9, color="${GREY}", fontcolor="${GREY}"];`,
    ...nodes.map((node, index) => {
      const { fill, line } = colors.get(node.nodeType) ?? { fill: 'none', line: GREY };
      const kind = nodeKind(node, byDepth.get(node.id));
      const label = `label=${quote(nodeName(node), kind)}, tooltip=${quote(nodeTip(node))}`;
      const style = node.isDeleted ? ', style="rounded,filled,dotted"' : '';
      return `n${index} [${label}, fillcolor="${fill}", color="${line}"${style}];`;
    }),
    ...edges.map(
      (edge) => `n${numberOf(edge.fromNode)} -> n${numberOf(edge.toNode)} [label=${quote(typeLabel(edge.edgeType))}];`,
    ),
    ...byLimit.flatMap((cut) => {
      const node = numberOf(cut.node);
      return [
        `m${node} [label=${quote(moreLabel(cut))}, style="rounded,dashed", color="${GREY}", fontcolor="${GREY}"];`,
        `n${node} -> m${node} [style=dashed, dir=none];`,
      ];
    }),
  ];
  return `digraph neighbors {\n  ${lines.join('\n  ')}\n}\n`;
}

/**
 * Lines of text as a quoted string. Backslashes are doubled, or `\N` would stand for the node's name, and so are
 * ampersands kept from being read as HTML entities.
 */
function quote(...lines: readonly string[]): string {
  const escaped = (line: string) => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
  return `"${lines.map(escaped).join('\\n')}"`;
}
