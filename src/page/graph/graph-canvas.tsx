import cytoscape, { type Core, type ElementDefinition } from 'cytoscape';
import { useEffect, useRef } from 'preact/hooks';
import type { Neighbor, Neighbors } from '../api/records.ts';
import { darkStore } from '../state/theme.ts';
import { useStore } from '../state/use-store.ts';
import { kindOf, nameWithoutKind } from '../text/kinds.ts';
import { graphStyle } from './graph-style.ts';
import { labelOf } from './label-of.ts';
import { radialLayout } from './radial-layout.ts';

/** With more edges than these their names would cover one another. */
const MOST_NAMED = 10;
/** Around the picture, in pixels. */
const PADDING = 36;
const LARGEST_FIT = 1.15;

/** A node and what is around it, as a picture. The list beside it says the same, so readers and keyboards pass it by. */
export default function GraphCanvas({
  neighbors,
  pointed,
  walk,
}: {
  readonly neighbors: Neighbors;
  /** The node that is pointed at in the list; empty for none. */
  readonly pointed: string;
  readonly walk: (id: string) => void;
}) {
  const room = useRef<HTMLDivElement>(null);
  const graph = useRef<Core | undefined>(undefined);
  const isDark = useStore(darkStore);
  // in another theme it is drawn in other colours
  useEffect(() => {
    if (room.current === null) return;
    const core = cytoscape({
      container: room.current,
      elements: elementsOf(neighbors, room.current.clientWidth / room.current.clientHeight),
      style: graphStyle(),
      layout: { name: 'preset' },
      minZoom: 0.15,
      maxZoom: 2.5,
      autoungrabify: true,
      boxSelectionEnabled: false,
      // The page scrolls over the picture; two fingers or the buttons make it larger.
      userZoomingEnabled: false,
    });
    showAll(core);
    core.on('tap', 'node', ({ target }) => walk(target.id()));
    const { style } = room.current;
    core.on('mouseover', 'node', () => style.setProperty('cursor', 'pointer'));
    core.on('mouseout', 'node', () => style.removeProperty('cursor'));
    graph.current = core;
    const resized = new ResizeObserver(() => showAll(core.resize()));
    resized.observe(room.current);
    return () => {
      resized.disconnect();
      core.destroy();
    };
  }, [neighbors, isDark]);
  useEffect(() => {
    graph.current?.nodes().forEach((node) => void node.toggleClass('pointed', node.id() === pointed));
  }, [pointed]);
  const zoom = (by: number) => {
    const core = graph.current;
    core?.zoom({ level: core.zoom() * by, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
  };
  return (
    <div class="graph-picture">
      <div ref={room} class="graph-room" aria-hidden="true" />
      <div class="graph-tools">
        <button type="button" class="button" aria-label="Larger" onClick={() => zoom(1.3)}>
          +
        </button>
        <button type="button" class="button" aria-label="Smaller" onClick={() => zoom(1 / 1.3)}>
          −
        </button>
        <button type="button" class="button" onClick={() => graph.current && showAll(graph.current)}>
          Fit
        </button>
      </div>
    </div>
  );
}

/** Shows all of it, a small graph not larger than life. */
function showAll(core: Core): void {
  core.fit(undefined, PADDING);
  if (core.zoom() > LARGEST_FIT) core.zoom(LARGEST_FIT).center();
}

function elementsOf({ root, nodes, edges }: Neighbors, aspect: number): ElementDefinition[] {
  const places = radialLayout(nodes, edges, aspect);
  const crowded = edges.length > MOST_NAMED ? 'crowded' : '';
  return [
    ...nodes.map((node) => ({
      group: 'nodes' as const,
      data: { id: node.id, label: labelOf(nameWithoutKind(node) || node.id) },
      position: { x: 0, y: 0, ...places.get(node.id) },
      classes: `tone-${kindOf(node).tone} ${node.id === root ? 'root' : ''} ${isGone(node) ? 'gone' : ''}`,
    })),
    ...edges.map(({ id, edge_type, from, to }) => ({
      group: 'edges' as const,
      // Edges and nodes may have the same id here and there.
      data: { id: `edge ${id}`, source: from, target: to, label: labelOf(edge_type) },
      classes: crowded,
    })),
  ];
}

const isGone = ({ deleted, node_type }: Neighbor): boolean => deleted || node_type === 'missing';
