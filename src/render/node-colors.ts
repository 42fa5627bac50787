import type { Neighbor } from '../model/neighborhood.ts';
import { MISSING } from '../model/node-end.ts';

/** The colours of the box of a node; dark text is readable on each fill. */
export interface NodeColors {
  readonly fill: string;
  readonly line: string;
}

const OF_TYPES: Readonly<Record<string, NodeColors>> = {
  audit_event: { fill: '#ffe3d6', line: '#c4562b' },
  audit_trail: { fill: '#e3e8f0', line: '#4a5b78' },
  user: { fill: '#d7f0dd', line: '#2c8149' },
  session: { fill: '#d9eafd', line: '#2a6fb8' },
  tool: { fill: '#fdf0c8', line: '#a37a0c' },
  agent: { fill: '#eadffb', line: '#7445b8' },
  task: { fill: '#d3f1f1', line: '#1d7f80' },
  [MISSING]: { fill: '#f1f1f1', line: '#8c959f' },
};

/** For types that others made, in turn. */
const OF_OTHERS: readonly NodeColors[] = [
  { fill: '#fbdcea', line: '#b03a72' },
  { fill: '#e6f0c6', line: '#66801a' },
  { fill: '#dfe0fb', line: '#4c50b5' },
  { fill: '#f3e2d2', line: '#8a5a2b' },
];

const PLAIN: NodeColors = { fill: '#eeeeee', line: '#666666' };

/** The colours of each type that nodes are of, in the order in which types first occur. */
export function colorsOf(nodes: readonly Neighbor[]): ReadonlyMap<string, NodeColors> {
  const colors = new Map<string, NodeColors>();
  let others = 0;
  for (const { nodeType } of nodes) {
    if (colors.has(nodeType)) continue;
    const own = Object.hasOwn(OF_TYPES, nodeType) ? OF_TYPES[nodeType] : undefined;
    colors.set(nodeType, own ?? OF_OTHERS[others++ % OF_OTHERS.length] ?? PLAIN);
  }
  return colors;
}
