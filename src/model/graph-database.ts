import type { Checkpoint } from './checkpoint.ts';
import type { Graph } from './graph.ts';
import type { GraphEditor, HoldingReader } from './graph-editor.ts';
import type { EditorOpening, StoreOpening, TargetOpening } from './graph-opening.ts';
import type { GraphStore } from './graph-store.ts';
import type { Patience } from './patience.ts';
import type { RecordedGraph } from './recorded-graph.ts';
import type { PastRun } from './status.ts';
import type { Target } from './target.ts';

/** A graph that no other run of the same source writes until this is released, or its process is gone. */
export interface RunLock {
  release(): Promise<void>;
}

/** What a graph remembers of the runs that wrote it. */
export interface History {
  /** ISO 8601; null before the first run. */
  readonly lastChecked: string | null;
  /** The last runs that changed something, the last one first. */
  readonly runs: readonly PastRun[];
  readonly checkpoints: readonly Checkpoint[];
}

/** Where a graph is kept, be it a file or a server, and the ways to open it; what is opened is closed before it is. */
export interface GraphDatabase {
  /** As it is told to people: an absolute path, or a URL without who asks. */
  readonly path: string;
  /** Throws where there is no graph to look at. */
  requireThere(): Promise<void>;
  /** Throws where none could be written here; `source` is what must not be written. */
  requireWritable(source: string | undefined): Promise<void>;
  /** Throws `run-busy` when the wait is over, and the signal's `AbortError` when it is aborted first. */
  acquireRunLock(patience: Patience): Promise<RunLock>;
  /** Makes what is missing. */
  openTarget(opening: TargetOpening): Promise<Target>;
  /** Opens it only to compare with it; nothing is written. */
  openTargetForDryRun(opening: TargetOpening): Promise<Target>;
  openGraph(): Promise<Graph>;
  openRecordedGraph(): Promise<RecordedGraph>;
  openStore(opening: StoreOpening): Promise<GraphStore>;
  openEditor(opening: EditorOpening): Promise<GraphEditor>;
  /** Opens it to look at what its events hang on, if it would take being edited; nothing is written. */
  openHoldingReader(): Promise<HoldingReader>;
  readHistory(runs: number): Promise<History>;
  close(): Promise<void>;
}
