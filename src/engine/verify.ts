import type { Checkpoint } from '../model/checkpoint.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { RecordedGraph, RecordedNode } from '../model/recorded-graph.ts';
import { compareUtf8 } from '../model/text.ts';
import { compareRecords } from './compare-records.ts';
import { derivationDigest } from './derivation-digest.ts';
import { type DerivingShop, derivedEntries } from './derived-entries.ts';
import { Findings } from './findings.ts';
import { Judge, judgeNode } from './judge.ts';
import type { RunEvent } from './run-event.ts';

/** What is compared with what. */
export interface Verification extends DerivingShop {
  readonly graph: RecordedGraph;
  readonly extractors: readonly AnyExtractor[];
  /** So many nodes are looked at, chosen at random; all of them when undefined. */
  readonly sample: number | undefined;
}

/** What came of it. */
export interface Verified {
  readonly findings: Findings;
  /** Of the nodes as they stand; undefined where only some were looked at. */
  readonly fingerprint: string | undefined;
  /** By extractor, why its nodes could not be derived again. */
  readonly warnings: ReadonlyMap<string, string>;
}

/** Derives nodes again from the source, up to the checkpoints, and compares them with the graph, in the order of keys. */
export async function* verify(verification: Verification): AsyncGenerator<RunEvent, Verified> {
  const { graph, extractors, sample } = verification;
  const wanted = sample === undefined ? undefined : new Set(graph.sampleKeys(sample));
  const checkpoints = new Map(graph.readCheckpoints().map((checkpoint) => [checkpoint.extractor, checkpoint]));
  const findings = new Findings(verification.source.redactor);
  const warnings = new Map<string, string>();
  const leaves = graph.openDigest();
  const known = new Map(extractors.map((extractor) => [extractor.prefix, extractor]));
  for (const prefix of inOrder([...graph.prefixes(), ...known.keys()])) {
    const extractor = known.get(prefix);
    const checkpoint = extractor && checkpoints.get(extractor.name);
    const records = wanted ? graph.recordsOf(keysOf(prefix, wanted)) : graph.records(prefix);
    const warning = whyNot(extractor, checkpoint, verification);
    if (extractor && checkpoint && warning === undefined) {
      const judge = new Judge(extractor, checkpoint, { ...verification, findings, leaves });
      yield* compareRecords(records, derivedEntries(extractor, checkpoint, verification, wanted), judge);
      continue;
    }
    const name = extractor?.name ?? prefix;
    const count = countAll(records, name, { graph, findings, leaves });
    if (count > 0) warnings.set(name, warning ?? 'no such extractor is known here; name it with --extractor');
  }
  const fingerprint = wanted === undefined ? leaves.finish().fingerprint : undefined;
  return { findings, warnings, fingerprint };
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
  if (checkpoint.unfinished?.kind === 'rebuild') return 'a run that derives everything has not ended; run again first';
  if (checkpoint.digest === derivationDigest(extractor, settings, source.redactor.rules)) return undefined;
  return 'they were derived by another version or with other settings; give the same ones';
}

/** Nodes that cannot be derived again are compared with what was recorded of them alone. */
function countAll(records: Iterable<RecordedNode>, name: string, court: Parameters<typeof judgeNode>[2]): number {
  let count = 0;
  for (const record of records) {
    count++;
    if (judgeNode(record, name, court)) court.findings.count(name, 'unverifiable');
  }
  return count;
}
