import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type FailureStatuses, keptCondition } from '../engine/kept-condition.ts';
import { rowsBehind } from '../engine/rows-behind.ts';
import type { RunEvent } from '../engine/run-event.ts';
import { withOrigin } from '../extractors/with-origin.ts';
import { nodeNotFound } from '../graph/read-node-card.ts';
import { checkpointName, type KeptReading } from '../model/checkpoint.ts';
import type { EndsInGraph, Explanation, IdAnatomy, RowsBehind } from '../model/explanation.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Graph } from '../model/graph.ts';
import { anatomyOf, faultOf, ruleOf } from '../model/id-anatomy.ts';
import { isShortened } from '../model/key.ts';
import { readProperties } from '../model/properties.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { openSource } from '../sqlite/source/source.ts';
import { askGraph } from './ask-graph.ts';
import { requireSourceFile } from './check-paths.ts';
import { withOpenEdges } from './with-open-edges.ts';

/** What is to be explained. Paths are absolute; without a source its rows are not looked for. */
export interface ExplainJob {
  readonly id: string;
  readonly target: string;
  readonly source: string | undefined;
  /** Of which its rows are. */
  readonly origin?: string | undefined;
  readonly extractors: readonly AnyExtractor[];
  readonly statuses: FailureStatuses;
  readonly redaction: RedactionSettings;
  readonly waitMs: number | undefined;
  readonly signal: AbortSignal;
}

/** What happens meanwhile; the explanation is the last event. */
export type ExplainEvent = RunEvent | { readonly type: 'explained'; readonly explanation: Explanation };

/** What the graph says of an id, and of the run that made it. */
interface Standing {
  readonly isInGraph: boolean;
  /** Of an edge. */
  readonly ends: EndsInGraph | undefined;
  readonly warnings: readonly string[];
  /** How many rows the node was made of; undefined where that is not known. */
  readonly rows: number | undefined;
  readonly reading: KeptReading | undefined;
}

/** Explains an id: how it is made, whether the graph has it, and which rows of the source stand behind it. */
export async function* explain(job: ExplainJob): AsyncGenerator<ExplainEvent, void> {
  const { id, target, extractors } = job;
  const anatomy = anatomyOf(id, extractors);
  const extractor = extractorOf(anatomy, extractors);
  const standing = await askGraph(target, job.signal)((graph) => standingOf(graph, id, anatomy, extractor));
  const { isInGraph, ends } = standing;
  if (anatomy.kind === 'other' && !isInGraph) throw nodeNotFound(id, target);
  const fault = extractor && faultOf(anatomy, extractor);
  const warnings = [...standing.warnings, ...(fault === undefined ? [] : [fault])];
  const warn = (warning: string) => void warnings.push(warning);
  const source = extractor && (yield* sourceRows(job, anatomy, { extractor, standing, warn }));
  const rule = ruleOf(anatomy, extractors);
  yield { type: 'explained', explanation: { id, anatomy, rule, isInGraph, ends, source, warnings } };
}

function extractorOf(anatomy: IdAnatomy, extractors: readonly AnyExtractor[]): AnyExtractor | undefined {
  if (anatomy.kind !== 'event') return undefined;
  const extractor = extractors.find(({ name }) => name === anatomy.extractor);
  return extractor && withOrigin(extractor, anatomy.origin);
}

async function standingOf(
  graph: Graph,
  id: string,
  anatomy: IdAnatomy,
  extractor: AnyExtractor | undefined,
): Promise<Standing> {
  const { nodes, records } = graph;
  const has = async (node: string) => (await nodes.find(node)) !== undefined;
  if (anatomy.kind === 'edge') {
    const isInGraph = await graph.edges.has(id);
    const ends = { from: await has(anatomy.fromNode), to: await has(anatomy.toNode) };
    const warnings = isInGraph ? [] : await withOpenEdges(graph, []);
    return { isInGraph, ends, warnings, rows: undefined, reading: undefined };
  }
  const node = await nodes.find(id);
  const said = isShortened(id) ? readProperties(node?.properties)['error_count'] : undefined;
  return {
    isInGraph: node !== undefined,
    ends: undefined,
    warnings: [],
    rows: node && ((await records.rowsOf(id)) ?? (typeof said === 'number' ? said : undefined)),
    reading: extractor && (await records.reading(checkpointName(extractor))),
  };
}

/** Whose rows are looked for. */
interface Sought {
  readonly extractor: AnyExtractor;
  readonly standing: Standing;
  readonly warn: (warning: string) => void;
}

/** The rows behind a node; undefined where the source cannot tell, which is no failure. */
async function* sourceRows(
  job: ExplainJob,
  anatomy: IdAnatomy,
  { extractor, standing, warn }: Sought,
): AsyncGenerator<RunEvent, RowsBehind | undefined> {
  const { source: path, redaction, waitMs, statuses, signal } = job;
  if (path === undefined || !existsSync(path)) {
    warn(`${path ?? 'the source'} is not at hand, so the rows behind the node are not told; name it with --source`);
    return undefined;
  }
  const of = anatomy.kind === 'event' ? anatomy.origin : undefined;
  if (of !== job.origin) {
    const other =
      of === undefined
        ? 'no origin: ask without --origin'
        : `origin ${of}: name its source with --source and --origin ${of}`;
    warn(`the rows behind the node are not told, as they are of ${other}`);
    return undefined;
  }
  requireSourceFile(path);
  const source = openSource(path, { redactor: createRedactor(redaction), waitMs });
  try {
    const missing = source.hasTable(extractor.table) ? source.missingColumns(extractor.table, extractor.columns) : [];
    if (!source.hasTable(extractor.table) || missing.length > 0) {
      const what =
        missing.length > 0 ? `column ${missing.join(', ')} in ${extractor.table}` : `table ${extractor.table}`;
      warn(`${path} has no ${what}, so the rows behind the node are not told`);
      return undefined;
    }
    const { rows: made, reading } = standing;
    const condition = keptCondition(extractor, reading, statuses);
    const rows = rowsBehind(source, { id: job.id, extractor, soleKey: soleKeyOf(anatomy), condition, signal });
    for (;;) {
      const { done, value } = rows.next();
      if (done) {
        // With other statuses than those of the run, other rows are meant.
        const isOfRun = !statuses.isAsked || isDeepStrictEqual(condition, reading?.condition);
        if (isOfRun && made !== undefined) compareCounts(made, value.count, extractor, warn);
        return value;
      }
      yield { type: 'window-read', extractor: extractor.name, ...value };
      await setImmediate();
    }
  } finally {
    source.close();
  }
}

/** Of rows with the id of one another the first is taken, so more of them say nothing of a node that one row makes. */
function compareCounts(made: number, found: number, { fold }: AnyExtractor, warn: (warning: string) => void): void {
  const was = `the node was made of ${made} row${made === 1 ? '' : 's'}, and the source has`;
  if (found < made) warn(`${was} ${found === 0 ? 'none' : found} of them: rows were deleted or changed since`);
  if (found > made && fold !== undefined) {
    warn(`${was} ${found}: rows were added or changed since; audit-extract run reads new ones`);
  }
}

/** The only part of a key; undefined where there are more, or its end is missing. */
function soleKeyOf(anatomy: IdAnatomy): string | undefined {
  if (anatomy.kind !== 'event' || anatomy.shortened !== undefined) return undefined;
  const [part, ...others] = anatomy.parts;
  return others.length === 0 ? part?.value : undefined;
}
