import { spanOf } from '../model/event-span.ts';
import type { ExportedGraph } from '../model/exchange.ts';
import { toMilliseconds } from '../model/instant.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import { readProperties } from '../model/properties.ts';
import type { AnswerRow, AnswerValue } from './answer.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { fieldsOf } from './graph-fields.ts';
import { visibleJson } from './visible.ts';
import { writeJson } from './write-json.ts';

/** What names stand for: the terms of W3C PROV, and columns of the graph, of which properties are JSON. */
const CONTEXT = {
  '@version': 1.1,
  prov: 'http://www.w3.org/ns/prov#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  kg: 'urn:audit-extract:kg:',
  edge: 'urn:audit-extract:edge-type:',
  Activity: 'prov:Activity',
  Agent: 'prov:Agent',
  Entity: 'prov:Entity',
  wasAssociatedWith: { '@id': 'prov:wasAssociatedWith', '@type': '@id' },
  startedAtTime: { '@id': 'prov:startedAtTime', '@type': 'xsd:dateTime' },
  endedAtTime: { '@id': 'prov:endedAtTime', '@type': 'xsd:dateTime' },
  generatedAtTime: { '@id': 'prov:generatedAtTime', '@type': 'xsd:dateTime' },
  properties: { '@id': 'kg:properties', '@type': '@json' },
  from_node: { '@id': 'kg:from_node', '@type': '@id' },
  to_node: { '@id': 'kg:to_node', '@type': '@id' },
};

const PERFORMED_BY = 'PERFORMED_BY';
const USER = 'user';

/**
 * A graph as JSON-LD 1.1 in the terms of W3C PROV: events are activities, users agents, all else entities. Each object stands
 * on a line of its own; those of one `@id` are one.
 */
export function* jsonLd({ tables, rows }: ExportedGraph): Generator<string, void> {
  yield `{"@context":${JSON.stringify(CONTEXT)},"@graph":[`;
  let before = '\n';
  for (const { table } of tables) {
    if (table !== 'kg_nodes' && table !== 'kg_edges') continue;
    const objectsOf = table === 'kg_nodes' ? nodeObjects : edgeObjects;
    for (const row of rows(table)) {
      for (const object of objectsOf(fieldsOf(row))) {
        yield before + visibleJson(writeJson(object, 'one-line'));
        before = ',\n';
      }
    }
  }
  yield '\n]}\n';
}

type Fields = ReadonlyMap<string, string>;

function nodeObjects(fields: Fields): readonly AnswerRow[] {
  const id = nodeIri(fields.get('id'));
  const columns = columnsOf(fields);
  switch (fields.get('node_type')) {
    case AUDIT_EVENT: {
      const span = spanOf(readProperties(fields.get('properties')));
      const times = span && { startedAtTime: isoTime(span.first), endedAtTime: isoTime(span.last) };
      return [{ '@id': id, '@type': 'Activity', ...times, ...columns }];
    }
    case USER:
      return [{ '@id': id, '@type': 'Agent', ...columns }];
    default: {
      // The entity is the node: it came to be when it was written.
      const created = toMilliseconds(fields.get('created_at') ?? '');
      const time = created === undefined ? {} : { generatedAtTime: isoTime(created) };
      return [{ '@id': id, '@type': 'Entity', ...time, ...columns }];
    }
  }
}

/** The relation itself, and what is said of it. */
function edgeObjects(fields: Fields): readonly AnswerRow[] {
  const [from, to] = [nodeIri(fields.get('from_node')), nodeIri(fields.get('to_node'))];
  const type = fields.get('edge_type') ?? '';
  const relation: AnswerRow =
    type === PERFORMED_BY ? { wasAssociatedWith: to } : { [`edge:${iriPart(type)}`]: { '@id': to } };
  const edge = { '@id': `urn:audit-extract:edge:${iriPart(fields.get('id'))}`, '@type': 'kg:Edge' };
  return [
    { '@id': from, ...relation },
    { ...edge, ...columnsOf(fields), from_node: from, to_node: to },
  ];
}

/** All that a row says, but for the ends of an edge. */
function columnsOf(fields: Fields): AnswerRow {
  const columns: Record<string, AnswerValue> = {};
  for (const [column, text] of fields) {
    if (column === 'from_node' || column === 'to_node') continue;
    if (column === 'properties') columns['properties'] = EmbeddedJson.ofProperties(text);
    else columns[`kg:${iriPart(column)}`] = text;
  }
  return columns;
}

const nodeIri = (id: string | undefined): string => `urn:audit-extract:node:${iriPart(id)}`;

/** Whatever a text is, it is a part of an IRI then, and another text is another part. */
const iriPart = (text = ''): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
