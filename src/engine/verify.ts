import { type Checkpoint, checkpointName } from '../model/checkpoint.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { originOf } from '../model/key.ts';
import type { NodeHooks } from '../model/node-hooks.ts';
import type { RecordedGraph } from '../model/recorded-graph.ts';
import { compareUtf8 } from '../model/text.ts';
import { LOG_PREFIX } from '../model/user-action.ts';
import { type BegunEvents, beginEvents } from './begin-events.ts';
import { compareRecords } from './compare-records.ts';
import { derivationDigest } from './derivation-digest.ts';
import { type DerivedEvent, type DerivingShop, derivedEntries, type WantedKeys } from './derived-entries.ts';
import { Findings } from './findings.ts';
import { Judge, judgeNode } from './judge.ts';
import type { RecordPages } from './record-cursor.ts';
import type { RunEvent } from './run-event.ts';

/** What is compared with what. */
export interface Verification extends DerivingShop {
  readonly graph: RecordedGraph;
  readonly extractors: readonly AnyExtractor[];
  /** Of which the source's rows are; records of other origins are compared with nothing but what was recorded of them. */
  readonly origin: string | undefined;
  /** So many nodes are looked at, chosen at random; all of them when undefined. */
  readonly sample: number | undefined;
  /** What was called when nodes were written; undefined where nothing was. */
  readonly hooks: NodeHooks | undefined;
}

/** What came of it. */
export interface Verified {
  readonly findings: Findings;
  /** Of the nodes as they stand; undefined where only some were looked at. */
  readonly fingerprint: string | undefined;
  /** By extractor, why its nodes could not be derived again. */
  readonly warnings: ReadonlyMap<string, string>;
}

/**
 * Derives nodes again from the source, up to the checkpoints, and compares them with the graph: those of each prefix in the
 * order of keys, and those last that take longest, as they may be read beside the others.
 */
export async function* verify(verification: Verification): AsyncGenerator<RunEvent, Verified> {
  const { graph, sample } = verification;
  const wanted = sample === undefined ? undefined : new Set(await graph.sampleKeys(sample));
  const warnings = new Map<string, string>();
  const digest = graph.openDigest();
  const parts = (await partsOf(verification, wanted)).map((part) => {
    return { ...part, leaves: digest.openPart(), findings: new Findings(verification.source.redactor) };
  });
  try {
    for (const { name, records, derived, warning, leaves, findings } of parts.toSorted((a, b) => a.rows - b.rows)) {
      if (derived !== undefined) {
        const judge = new Judge(derived.extractor, derived.checkpoint, { ...verification, findings, leaves });
        yield* compareRecords(records, derived.begun.events(), judge);
        continue;
      }
      const count = await countAll(records, name, { graph, findings, leaves, hooks: verification.hooks });
      if (count > 0 && name !== LOG_PREFIX)
        warnings.set(name, warning ?? 'no such extractor is known here; name it with --extractor');
    }
  } finally {
    for (const { derived } of parts) await derived?.begun.close();
  }
  const findings = new Findings(verification.source.redactor);
  for (const part of parts) findings.include(part.findings);
  const fingerprint = wanted === undefined ? digest.finish().fingerprint : undefined;
  return { findings, warnings, fingerprint };
}

/** What is recorded under one prefix, and what follows from the source, where that can be told. */
interface Part {
  readonly name: string;
  readonly records: RecordPages;
  readonly derived:
    | {
        readonly extractor: AnyExtractor;
        readonly checkpoint: Checkpoint;
        readonly begun: BegunEvents<DerivedEvent>;
      }
    | undefined;
  readonly warning: string | undefined;
  /** How many rows it comes from. */
  readonly rows: number;
}

/** The parts in the order of their keys, their rows being read from now on, where that can be done beside other work. */
async function partsOf(verification: Verification, wanted: WantedKeys): Promise<readonly Part[]> {
  const { graph, extractors } = verification;
  const kept = await graph.readCheckpoints();
  const checkpoints = new Map(kept.map((checkpoint) => [checkpoint.extractor, checkpoint]));
  const known = new Map(extractors.map((extractor) => [extractor.prefix, extractor]));
  return inOrder([...(await graph.prefixes()), ...known.keys()]).map((prefix) => {
    const extractor = known.get(prefix);
    const checkpoint = extractor && checkpoints.get(checkpointName(extractor));
    const warning = whyNot(extractor, checkpoint, verification);
    const records = wanted ? graph.recordsOf(keysOf(prefix, wanted)) : graph.records(prefix);
    const derived =
      extractor && checkpoint && warning === undefined
        ? { extractor, checkpoint, begun: beginEvents(derivedEntries(extractor, checkpoint, verification, wanted)) }
        : undefined;
    const stranger = strangerOf(prefix, verification.origin);
    return {
      name: stranger?.name ?? extractor?.name ?? prefix,
      records,
      derived,
      warning: stranger?.warning ?? warning,
      rows: checkpoint?.counts.rows ?? 0,
    };
  });
}

/** What nodes are called that come from other sources than the one at hand, and how they can be verified. */
function strangerOf(prefix: string, origin: string | undefined) {
  const other = originOf(prefix);
  if (other === origin || prefix === LOG_PREFIX) return undefined;
  return other === undefined
    ? { name: 'no origin', warning: 'they are of another source; verify them against it, without --origin' }
    : { name: `@${other}`, warning: `they are of another source; verify them against it, with --origin ${other}` };
}

/** Prefixes in the order of the keys that have them. */
function inOrder(prefixes: readonly string[]): readonly string[] {
  return [...new Set(prefixes)].sort((a, b) => compareUtf8(`${a}:`, `${b}:`));
}

function keysOf(prefix: string, keys: ReadonlySet<string>): readonly string[] {
  return [...keys].filter((key) => key.startsWith(`${prefix}:`)).sort(compareUtf8);
}

/** Why the nodes of an extractor cannot be derived again; undefined where they can. */
function whyNot(
  extractor: AnyExtractor | undefined,
  checkpoint: Checkpoint | undefined,
  { source, settings }: Verification,
): string | undefined {
  if (extractor === undefined || checkpoint === undefined) return undefined;
  if (!source.hasTable(extractor.table)) return `the source has no table ${extractor.table} any more`;
  const missing = source.missingColumns(extractor.table, extractor.columns);
  if (missing.length > 0) return `table ${extractor.table} of the source has no column ${missing.join(', ')} any more`;
  if (checkpoint.unfinished?.kind === 'rebuild') return 'a run that derives everything has not ended; run again first';
  if (checkpoint.digest === derivationDigest(extractor, settings, source.redactor.rules)) return undefined;
  return 'they were derived by another version or with other settings; give the same ones';
}

/** Nodes that cannot be derived again are compared with what was recorded of them alone; of logged actions that is all there is. */
async function countAll(records: RecordPages, name: string, court: Parameters<typeof judgeNode>[2]): Promise<number> {
  let count = 0;
  for await (const page of records) {
    count += page.length;
    for (const record of page)
      if (judgeNode(record, name, court)) court.findings.count(name, name === LOG_PREFIX ? 'agreeing' : 'unverifiable');
  }
  return count;
}
