import type { Schema, SchemaColumn, SchemaTable } from '../model/schema.ts';
import { visible } from './visible.ts';

/** The tables of a graph's file as a Mermaid entity relationship diagram. Names are within quotes, and harmless there. */
export function schemaMermaid({ tables }: Schema): string {
  const numbers = new Map(tables.map(({ name }, index) => [name.toLowerCase(), index]));
  const lines = [
    ...tables.map((table, index) => tableLines(table, index)),
    ...tables.flatMap(({ columns }, index) =>
      columns.flatMap(({ name, references }) => {
        const to = numbers.get(references?.toLowerCase() ?? '');
        return to === undefined ? [] : [`t${to} ||--o{ t${index} : "${quoted(name)}"`];
      }),
    ),
  ];
  return `erDiagram\n  ${lines.join('\n  ')}\n`;
}

function tableLines({ name, columns, rows }: SchemaTable, index: number): string {
  const count = rows === null ? '' : ` (${rows} ${rows === 1 ? 'row' : 'rows'})`;
  const attributes = columns.map((column) => `    ${attributeOf(column)}`);
  return [`t${index}["${quoted(name)}${count}"] {`, ...attributes, '  }'].join('\n');
}

/** Types and names of attributes are words of their own: what is no letter in them becomes one. */
function attributeOf({ name, type, isKey, references }: SchemaColumn): string {
  const keys = [...(isKey ? ['PK'] : []), ...(references === undefined ? [] : ['FK'])].join(', ');
  return [wordOf(type || 'any'), wordOf(name), keys].filter(Boolean).join(' ');
}

const wordOf = (text: string): string =>
  visible(text)
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?![A-Za-z])/, '_');

const quoted = (text: string): string => visible(text).replace(/["\\<>&#;]/g, "'");
