import type { Explanation, IdAnatomy, IdPart, RowsBehind, SourceRow } from '../model/explanation.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Answer, AnswerRow, AnswerValue } from './answer.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { grouped } from './grouped.ts';
import { drawLines, type Line } from './lines.ts';
import { isoMoment } from './moment.ts';

const RULE_OF_PARTS = 'In each part of it, % is written %25, and : is written %3A.';

/** What is told of extractors. */
type Summaries = readonly Pick<AnyExtractor, 'name' | 'summary'>[];

/** What `audit-extract explain` answers. */
export function explanationAnswer(explanation: Explanation, extractors: Summaries): Answer {
  const { id, anatomy, rule, isInGraph, ends, source, warnings } = explanation;
  const rows = (source?.rows ?? []).map(rowOf);
  const document = {
    schema: 'audit-extract/explain@1',
    id,
    in_graph: isInGraph,
    ...anatomyRow(anatomy),
    rule: rule ?? null,
    ...(ends && { from_in_graph: ends.from, to_in_graph: ends.to }),
    source: source === undefined ? null : { path: source.path, table: source.table, count: source.count, rows },
  };
  return {
    document,
    rows,
    columns: [...new Set(rows.flatMap((row) => Object.keys(row)))],
    warnings,
    draw: ({ width }) => drawLines(linesOf(explanation, extractors), width),
  };
}

/** A row of the source with all digits of its integers. */
function rowOf(row: SourceRow): AnswerRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]): [string, AnswerValue] => [
      name,
      typeof value === 'bigint' ? EmbeddedJson.ofInteger(value) : value,
    ]),
  );
}

function anatomyRow(anatomy: IdAnatomy): AnswerRow {
  const { shortened } = anatomy;
  const short = shortened && { kept_bytes: shortened.keptBytes, sha256: shortened.sha256 };
  switch (anatomy.kind) {
    case 'event':
      return {
        kind: 'event',
        origin: anatomy.origin,
        prefix: anatomy.prefix,
        extractor: anatomy.extractor,
        parts: anatomy.parts.map(partRow),
        shortened: short,
      };
    case 'action':
      return { kind: 'action', key: anatomy.key, time: isoMoment(anatomy.time), shortened: short };
    case 'entity':
      return { kind: 'entity', entity: anatomy.entity, parts: anatomy.parts.map(partRow), shortened: short };
    case 'edge': {
      const { edgeType, fromNode, toNode } = anatomy;
      return { kind: 'edge', edge_type: edgeType, from_node: fromNode, to_node: toNode, shortened: short };
    }
    case 'other':
      return { kind: 'other', shortened: short };
  }
}

function partRow({ name, value, isCut }: IdPart): AnswerRow {
  return { name, value, cut: isCut };
}

function linesOf(explanation: Explanation, extractors: Summaries): readonly Line[] {
  const { id, anatomy, rule, source } = explanation;
  const { shortened } = anatomy;
  return [
    id,
    ...anatomyLines(anatomy, extractors),
    ...(rule === undefined ? [] : [['rule', rule, 1] as const, RULE_OF_PARTS]),
    ...(shortened === undefined
      ? []
      : [
          `It was longer than 512 bytes: the first ${shortened.keptBytes} are kept, and the hash of the whole.`,
          ['SHA-256', shortened.sha256, 1] as const,
        ]),
    ...graphLines(explanation),
    ...(source === undefined ? [] : sourceLines(source)),
  ];
}

function graphLines({ isInGraph, ends }: Explanation): readonly string[] {
  const what = ends === undefined ? 'node' : 'edge';
  const [comes, leads] = isInGraph ? ['comes', 'leads'] : ['would come', 'would lead'];
  return [
    isInGraph ? `The graph has this ${what}.` : `The graph has no such ${what}.`,
    ...(ends?.from === false ? [`The node that it ${comes} from is not there.`] : []),
    ...(ends?.to === false ? [`The node that it ${leads} to is not there.`] : []),
  ];
}

function anatomyLines(anatomy: IdAnatomy, extractors: Summaries): readonly Line[] {
  switch (anatomy.kind) {
    case 'event':
      return [
        `An event, ${makerOf(anatomy.prefix, anatomy.extractor, extractors)}`,
        ...(anatomy.origin === undefined ? [] : [['origin', anatomy.origin, 1] as const]),
        ...anatomy.parts.map(partLine),
      ];
    case 'action':
      return anatomy.time === null
        ? ['An action that was logged under a key of its own', ['key', anatomy.key, 1]]
        : ['An action that was logged', ['UUID', anatomy.key, 1], ['logged at', isoMoment(anatomy.time) ?? '', 1]];
    case 'entity':
      return ['A node that events lead to', ...anatomy.parts.map(partLine)];
    case 'edge':
      return [`An edge of type ${anatomy.edgeType}`, ['from', anatomy.fromNode, 1], ['to', anatomy.toNode, 1]];
    case 'other':
      return ['Not made by this program.'];
  }
}

function makerOf(prefix: string, extractor: string | null, extractors: Summaries): string {
  if (extractor === null) return `of no extractor that is known: none has the prefix ${prefix}`;
  const summary = extractors.find(({ name }) => name === extractor)?.summary;
  return `made by ${extractor}${summary === undefined ? '' : ` (${summary})`}`;
}

function partLine({ name, value, isCut }: IdPart): Line {
  return [name, isCut ? `${value} (its end is missing)` : value, 1];
}

function sourceLines({ path, table, count, rows }: RowsBehind): readonly Line[] {
  const heading = `Rows of ${table} in ${path} behind it: ${grouped(count)}`;
  const [row] = rows;
  if (row !== undefined && count === 1) return [heading, ...Object.entries(row).map(cellLine)];
  const lines = rows.map((shown): Line => {
    const [first = '', ...others] = Object.values(shown).map((value) => String(value ?? ''));
    return [first, others.join(', '), 1];
  });
  return count > rows.length ? [heading, ...lines, `  and ${grouped(count - rows.length)} more`] : [heading, ...lines];
}

function cellLine([name, value]: readonly [string, SourceRow[string]]): Line {
  return [name, String(value ?? ''), 1];
}
