import type { Graph } from '../../model/graph.ts';
import type { GraphDatabase, History, RunLock } from '../../model/graph-database.ts';
import type { GraphEditor, HoldingReader } from '../../model/graph-editor.ts';
import type { EditorOpening, StoreOpening, TargetOpening } from '../../model/graph-opening.ts';
import type { GraphStore } from '../../model/graph-store.ts';
import type { Patience } from '../../model/patience.ts';
import type { RecordedGraph } from '../../model/recorded-graph.ts';
import type { Target } from '../../model/target.ts';
import { requireOpenable, requireTargetFile, requireTargetPlace } from '../check-files.ts';
import { openGraphEditor, openHoldingReader } from '../editor/open-graph-editor.ts';
import { openGraph } from '../questions/open-graph.ts';
import { openStore } from '../store/open-store.ts';
import { openTarget, openTargetForDryRun } from '../target/open-target.ts';
import { readHistory } from '../target/read-history.ts';
import { openRecordedGraph } from '../target/recorded-graph.ts';
import { acquireRunLock } from '../target/run-lock.ts';

/** A graph in a file; each way to open it has a connection of its own, so there is nothing to close. */
export class SqliteDatabase implements GraphDatabase {
  readonly path: string;

  /** The path is absolute: the driver takes some relative ones, such as `:memory:`, for no file. */
  constructor(path: string) {
    this.path = path;
  }

  async requireThere(): Promise<void> {
    requireTargetFile(this.path);
  }

  async requireWritable(source: string | undefined): Promise<void> {
    if (source !== undefined) requireOpenable(source, 'source');
    requireTargetPlace(this.path, source);
  }

  acquireRunLock(patience: Patience): Promise<RunLock> {
    return acquireRunLock(this.path, patience);
  }

  openTarget(opening: TargetOpening): Promise<Target> {
    return openTarget(this.path, opening);
  }

  async openTargetForDryRun(opening: TargetOpening): Promise<Target> {
    return openTargetForDryRun(this.path, opening);
  }

  async openGraph(): Promise<Graph> {
    return openGraph(this.path);
  }

  async openRecordedGraph(): Promise<RecordedGraph> {
    return openRecordedGraph(this.path);
  }

  openStore(opening: StoreOpening): Promise<GraphStore> {
    return openStore(this.path, opening);
  }

  openEditor(opening: EditorOpening): Promise<GraphEditor> {
    return openGraphEditor(this.path, opening);
  }

  async openHoldingReader(): Promise<HoldingReader> {
    return openHoldingReader(this.path);
  }

  async readHistory(runs: number): Promise<History> {
    return readHistory(this.path, runs);
  }

  async close(): Promise<void> {}
}
