import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Neighbor, Neighborhood } from '../../src/model/neighborhood.ts';
import { renderDot } from '../../src/render/dot.ts';
import { renderMermaid } from '../../src/render/mermaid.ts';
import { drawTree } from '../../src/render/neighborhood-tree.ts';
import { renderSvg } from '../../src/render/svg.ts';
import { propertyRuns } from '../properties/property-runs.ts';
import { readXml } from '../support/expect-xml.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { readDot } from '../support/read-dot.ts';

/** Three nodes and all that can be between them, with one text wherever text from data can be. */
const named = (text: string): Neighborhood => ({
  root: `a${text}`,
  depth: 1,
  limit: 3,
  nodes: [
    { id: `a${text}`, nodeType: text, subtype: null, name: text, label: text, isDeleted: false, depth: 0 },
    { id: `b${text}`, nodeType: 'missing', subtype: null, name: null, label: null, isDeleted: false, depth: 1 },
    { id: 'c', nodeType: 'user', subtype: text, name: text, label: text, isDeleted: true, depth: 1 },
  ],
  edges: [
    { id: text, edgeType: text, fromNode: `a${text}`, toNode: `b${text}` },
    { id: `2${text}`, edgeType: text, fromNode: 'c', toNode: `a${text}` },
    { id: `3${text}`, edgeType: text, fromNode: 'c', toNode: 'c' },
  ],
  more: [
    { node: 'c', edges: 9990, atLeast: true, cutBy: 'limit' },
    { node: `b${text}`, edges: 7, atLeast: false, cutBy: 'depth' },
  ],
});

const SIGNIFICANT = [
  ...Object.values(HOSTILE_TEXTS),
  '',
  ' ',
  '"',
  '\\',
  '\\"',
  '\\N\\G\\l\\',
  '&lt;b&gt;&#60;',
  '%%{init: {"theme":"x"}}%%',
  '`**md**`',
  'end',
  'click n0 call alert()',
  '"]; n9["x',
  '#quot;#59;',
  'ﬂ°°34¶ß',
  'style x fill:#fff;',
  '1. list',
  '- list',
  '$$x$$',
  'fa:fa-car',
  ']]>',
  '<!--',
  '<![CDATA[',
  '\uFFFE\uFFFF',
  '\uD800',
  '__proto__',
  'constructor',
];
const hostile = fc.oneof(
  fc.constantFrom(...SIGNIFICANT),
  fc.array(fc.constantFrom(...SIGNIFICANT), { maxLength: 4 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const forEveryText = (check: (text: string) => void) => {
  for (const text of SIGNIFICANT) check(text);
  fc.assert(fc.property(hostile, check), propertyRuns(200));
};

describe('whatever a node is called', () => {
  test('Mermaid sees statements of ours, and labels of letters, digits and codes', () => {
    const label = String.raw`"(?:[\p{L}\p{N} ._-]|#\d+;|<br/>)+"`;
    const statement = new RegExp(
      String.raw`^(?:flowchart LR|  (?:n\d\[${label}\]:::t\d|m\d\[${label}\]:::more|n\d -\.- m\d|n\d -->\|${label}\| n\d|classDef (?:t\d|more) [a-z0-9#:,-]+))$`,
      'u',
    );
    forEveryText((text) => {
      const lines = renderMermaid(named(text)).trimEnd().split('\n');
      for (const line of lines) expect(line).toMatch(statement);
      expect(lines.filter((line) => line.includes('-->'))).toHaveLength(3);
    });
  });

  test('Graphviz sees as many statements, and no escape but a line break', () => {
    const plain = readDot(renderDot(named('plain')));
    forEveryText((text) => {
      const statements = readDot(renderDot(named(text)));
      expect(statements.map((words) => words.length)).toEqual(plain.map((words) => words.length));
      for (const word of statements.flat()) {
        expect(word.replaceAll('\\\\', '')).not.toMatch(/\\[^n]|\\$/);
        expect(word).not.toMatch(/&(?!amp;)/);
      }
    });
  });

  test('the SVG is well-formed, with the same elements, and nothing in it runs or loads', () => {
    const plain = readXml(renderSvg(named('plain')));
    forEveryText((text) => {
      const svg = renderSvg(named(text));
      const { elements, attributes, texts } = readXml(svg);
      expect(new Set(elements)).toEqual(new Set(plain.elements));
      expect(new Set(attributes)).toEqual(new Set(plain.attributes));
      const style = texts.find((one) => one.includes('@media'));
      expect(style).not.toMatch(/@import|url\(/);
    });
    expect(plain.elements).not.toContain('script');
    expect(plain.attributes.join(' ')).not.toMatch(/\b(on\w+|href|src)\b/);
  });

  test('the tree has as many lines, none wider than the terminal, and no control character', () => {
    const height = drawTree(named('plain'), { color: false, width: 60 }).split('\n').length;
    forEveryText((text) => {
      const tree = drawTree(named(text), { color: false, width: 60 });
      expect(tree.split('\n')).toHaveLength(height);
      for (const line of tree.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(60);
      expect(tree).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    });
  });
});

test('a picture says what it could not show', () => {
  const found = named('x');
  for (const picture of [renderDot(found), renderSvg(found), renderMermaid(found).replaceAll('#44;', ',')]) {
    expect(picture).toContain('and at least 9,990 more');
    expect(picture).toMatch(/missing(?:,|#44;) and 7 more/);
    expect(picture).toMatch(/x(?:,|#44;) deleted/);
  }
});

const tree = (at: number, depth = 1): Neighbor => ({
  id: `tree:${at}`,
  nodeType: 'tree',
  subtype: null,
  name: `Tree ${at}`,
  label: `Tree ${at}`,
  isDeleted: false,
  depth,
});
const beside = (from: number, to: number, edgeType = 'BESIDE') => ({
  id: `${edgeType}:${from}->${to}`,
  edgeType,
  fromNode: `tree:${from}`,
  toNode: `tree:${to}`,
});
const around = (nodes: readonly Neighbor[], edges: Neighborhood['edges'], more: Neighborhood['more'] = []) =>
  renderSvg({ root: 'tree:0', depth: 2, limit: 1000, nodes, edges, more });
const star = (leaves: number) =>
  [
    Array.from({ length: leaves + 1 }, (_, at) => tree(at, Math.min(at, 1))),
    Array.from({ length: leaves }, (_, at) => beside(at + 1, 0)),
  ] as const;

/** The rectangles of a class, within the part of a picture that holds the drawing, and how large the picture is. */
function rectanglesOf(svg: string, kind: string): readonly { x: number; y: number; right: number; bottom: number }[] {
  const drawing = svg.split('<g transform').find((part) => part.includes('class="node')) ?? '';
  const rect = new RegExp(
    `<rect class="${kind}[^"]*" x="([-\\d.]+)" y="([-\\d.]+)" width="([\\d.]+)" height="([\\d.]+)"`,
    'g',
  );
  return [...drawing.matchAll(rect)].map((match) => {
    const [x = 0, y = 0, width = 0, height = 0] = match.slice(1).map(Number);
    return { x, y, right: x + width, bottom: y + height };
  });
}

const sizeOf = (svg: string) => {
  const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  return { width: Number(width), height: Number(height) };
};

describe('a picture', () => {
  test.for([
    ['alone', [tree(0, 0)], [beside(0, 0, 'GRAFTED_ON')]],
    ['twice, with long labels', [tree(0, 0)], [beside(0, 0, 'GRAFTED_ON'), beside(0, 0, 'GROWS_INTO_ITSELF_AGAIN')]],
    ['beside another edge', [tree(0, 0), tree(1)], [beside(0, 1), beside(0, 0, 'SEES'), beside(1, 1, 'SEES')]],
    ['among many edges', [...star(30)[0]], [...star(30)[1].slice(0, 20), beside(0, 0, 'SEES'), beside(3, 3, 'SEES')]],
  ] as const)('has the label of a loop within it, over no box and no label: %s', ([, nodes, edges]) => {
    const svg = around(nodes, edges);
    const { width, height } = sizeOf(svg);
    const labels = rectanglesOf(svg, 'paper');
    const all = [...labels, ...rectanglesOf(svg, 'box')];
    expect(labels).toHaveLength(edges.length);
    for (const label of labels) {
      expect(label.x >= 0 && label.y >= 0 && label.right <= width - 48 && label.bottom <= height - 96).toBe(true);
      const over = all.filter(
        (one) => one.x < label.right && one.right > label.x && one.y < label.bottom && one.bottom > label.y,
      );
      expect(over).toEqual([label]);
    }
  });

  test.for([21, 30, 300, 999])('puts %i nodes that hang on one alike in columns, with one line to them', (leaves) => {
    const svg = around(...star(leaves));
    const { width, height } = sizeOf(svg);
    expect([height < 8000, width < 8000]).toEqual([true, true]);
    expect(svg).toContain(`BESIDE × ${leaves}<`);
    expect(svg).not.toContain('room for');
    const boxes = rectanglesOf(svg, 'box');
    expect(boxes).toHaveLength(leaves + 1);
    const [frame] = rectanglesOf(svg, 'frame');
    const within = boxes.filter(
      ({ x, y, right, bottom }) => frame && x > frame.x && right < frame.right && y > frame.y && bottom < frame.bottom,
    );
    expect(within).toHaveLength(leaves);
  });

  test('that would be too high shows the nearest nodes, and says how many there are beyond', () => {
    const [nodes, edges] = star(994);
    const far = Array.from({ length: 5 }, (_, at) => tree(1000 + at, 2));
    const further = nodes.slice(1).map((_, at) => beside(at + 1, 1000 + (at % 5), 'SEES'));
    const svg = around([...nodes, ...far], [...edges, ...further]);
    expect(sizeOf(svg).height).toBeLessThan(8000);
    expect(svg).toMatch(/1,000 nodes, 1,988 edges, depth 2; room for \d+ nodes/);
    expect(svg).toMatch(/and \d+ more/);
  });

  test('of a long chain is not wider than a screen can be scrolled', () => {
    const nodes = Array.from({ length: 400 }, (_, at) => tree(at, Math.min(at, 1)));
    const svg = around(
      nodes,
      nodes.slice(1).map((_, at) => beside(at, at + 1)),
    );
    expect(sizeOf(svg).width).toBeLessThanOrEqual(12_048);
    expect(svg).toMatch(/tree, and 1 more/);
  });

  test('of a thousand types has a legend of a few', () => {
    const [nodes, edges] = star(999);
    const svg = around(
      nodes.map((node, at) => ({ ...node, nodeType: `type ${at}` })),
      edges,
    );
    expect(svg).toContain('and 940 more types');
    expect(sizeOf(svg).height).toBeLessThan(8000);
  });

  test('of a name of a megabyte is as large as one of a long name', () => {
    const named = (label: string) => around([{ ...tree(0, 0), name: label, label }], []);
    expect(sizeOf(named('x'.repeat(1 << 20)))).toEqual(sizeOf(named('x'.repeat(100))));
    expect(named('x'.repeat(1 << 20)).length).toBeLessThan(10_000);
  });
});

test('a picture of the same neighbourhood is the same', () => {
  expect(renderSvg(named('x'))).toBe(renderSvg(named('x')));
});

test('a thousand nodes and three thousand edges that make no sense are drawn in seconds', { timeout: 20_000 }, () => {
  const nodes = Array.from({ length: 1000 }, (_, at) => ({
    id: String(at),
    nodeType: 'tree',
    subtype: null,
    name: `Tree ${at}`,
    label: `Tree ${at}`,
    isDeleted: false,
    depth: at === 0 ? 0 : 1,
  }));
  const edges = Array.from({ length: 3000 }, (_, at) => ({
    id: String(at),
    edgeType: 'BESIDE',
    fromNode: String((at * 7) % 1000),
    toNode: String((at * 13 + Math.floor(at / 1000)) % 1000),
  }));
  expect(readXml(renderSvg({ root: '0', depth: 1, limit: 1000, nodes, edges, more: [] })).elements[0]).toBe('svg');
});
