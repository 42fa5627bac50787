import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { rowsBehind } from '../engine/rows-behind.ts';
import type { RunEvent } from '../engine/run-event.ts';
import type { Explanation, IdAnatomy, RowsBehind } from '../model/explanation.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import { anatomyOf } from '../model/id-anatomy.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { openSource } from '../sqlite/source/source.ts';
import { askGraph } from './ask-graph.ts';
import { requireSourceFile } from './check-paths.ts';

/** What is to be explained. Paths are absolute; without a source its rows are not looked for. */
export interface ExplainJob {
  readonly id: string;
  readonly target: string;
  readonly source: string | undefined;
  readonly extractors: readonly AnyExtractor[];
  readonly settings: ExtractorSettings;
  readonly redaction: RedactionSettings;
  readonly waitMs: number | undefined;
  readonly signal: AbortSignal;
}

/** What happens meanwhile; the explanation is the last event. */
export type ExplainEvent = RunEvent | { readonly type: 'explained'; readonly explanation: Explanation };

/** Explains an id: how it is made, whether the graph has it, and which rows of the source stand behind it. */
export async function* explain(job: ExplainJob): AsyncGenerator<ExplainEvent, void> {
  const { id, target, extractors } = job;
  const anatomy = anatomyOf(id, extractors);
  const isInGraph =
    anatomy.kind === 'edge' ? null : await askGraph(target, ({ nodes }) => nodes.find(id) !== undefined);
  const extractor = extractorOf(anatomy, extractors);
  const warnings: string[] = [];
  const source = extractor && (yield* sourceRows(job, anatomy, extractor, (warning) => void warnings.push(warning)));
  yield { type: 'explained', explanation: { id, anatomy, isInGraph, source, warnings } };
}

function extractorOf(anatomy: IdAnatomy, extractors: readonly AnyExtractor[]): AnyExtractor | undefined {
  return anatomy.kind === 'event' ? extractors.find(({ name }) => name === anatomy.extractor) : undefined;
}

/** The rows behind a node; undefined where the source cannot tell, which is no failure. */
async function* sourceRows(
  job: ExplainJob,
  anatomy: IdAnatomy,
  extractor: AnyExtractor,
  warn: (warning: string) => void,
): AsyncGenerator<RunEvent, RowsBehind | undefined> {
  const { source: path, redaction, waitMs, settings, signal } = job;
  if (path === undefined || !existsSync(path)) {
    warn(`${path ?? 'the source'} is not at hand, so the rows behind the node are not told; name it with --source`);
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
    const rows = rowsBehind(source, { id: job.id, extractor, soleKey: soleKeyOf(anatomy), settings, signal });
    for (;;) {
      const { done, value } = rows.next();
      if (done) return value;
      yield { type: 'window-read', extractor: extractor.name, ...value };
      await setImmediate();
    }
  } finally {
    source.close();
  }
}

/** The only part of a key; undefined where there are more, or its end is missing. */
function soleKeyOf(anatomy: IdAnatomy): string | undefined {
  if (anatomy.kind !== 'event' || anatomy.shortened !== undefined) return undefined;
  const [part, ...others] = anatomy.parts;
  return others.length === 0 ? part?.value : undefined;
}
