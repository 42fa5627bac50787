import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Neighborhood } from '../../src/model/neighborhood.ts';
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
