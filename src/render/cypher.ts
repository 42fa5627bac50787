import type { ExportedGraph } from '../model/exchange.ts';
import { fieldsOf } from './graph-fields.ts';
import { HIDDEN_CHARACTERS } from './visible.ts';

const HEAD = `// An index makes this fast; in Neo4j 4.4 and later:
// CREATE CONSTRAINT kg_node_id IF NOT EXISTS FOR (n:KgNode) REQUIRE n.id IS UNIQUE;
`;

/** Ends are found by their ids, and stand in properties no more. */
const ENDS: ReadonlySet<string> = new Set(['id', 'from_node', 'to_node']);

/**
 * A graph as Cypher, a statement a line. Run again it changes nothing. Labels and types of relations have but letters, digits
 * and underscores; the types themselves stand in properties, as does all else, as text.
 */
export function* cypher({ tables, rows }: ExportedGraph): Generator<string, void> {
  yield HEAD;
  for (const { table } of tables) {
    if (table === 'kg_nodes') for (const row of rows(table)) yield nodeStatement(fieldsOf(row));
    if (table === 'kg_edges') for (const row of rows(table)) yield edgeStatement(fieldsOf(row));
  }
}

type Fields = ReadonlyMap<string, string>;

function nodeStatement(fields: Fields): string {
  const label = nameOf(fields.get('node_type'));
  return `MERGE (n:KgNode {id: ${literal(fields.get('id'))}}) SET n:${label}, n += ${mapOf(fields)};\n`;
}

function edgeStatement(fields: Fields): string {
  const idOf = (column: string) => `{id: ${literal(fields.get(column))}}`;
  const ends = `(a:KgNode ${idOf('from_node')}), (b:KgNode ${idOf('to_node')})`;
  const relation = `[r:${nameOf(fields.get('edge_type'))} ${idOf('id')}]`;
  return `MATCH ${ends} MERGE (a)-${relation}->(b) SET r += ${mapOf(fields)};\n`;
}

function mapOf(fields: Fields): string {
  const members = [...fields].filter(([column]) => !ENDS.has(column));
  return `{${members.map(([column, text]) => `${nameOf(column)}: ${literal(text)}`).join(', ')}}`;
}

/** In backticks no character but these can stand that some version of Cypher would not read as part of something else. */
const nameOf = (text = ''): string =>
  `\`${text.replace(HIDDEN_CHARACTERS, '_').replace(/[^\p{L}\p{N}_]/gu, '_') || '_'}\``;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const SPECIAL = /[\\'\n\r\t]/g;

/**
 * A text in quotes. Some versions read the escape of a code point before anything else, be there a backslash before it: so a
 * `u` after a backslash of the text's own begins another text, which is joined to the first.
 */
function literal(text = ''): string {
  const escaped = text
    .toWellFormed()
    .split(/(?<=\\)(?=u)/i)
    .map((part) => part.replace(SPECIAL, (mark) => ESCAPES[mark] ?? mark).replace(HIDDEN_CHARACTERS, unitEscape));
  return `'${escaped.join("' + '")}'`;
}

const unitEscape = (hidden: string): string =>
  hidden
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
