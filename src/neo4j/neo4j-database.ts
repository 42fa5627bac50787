import type { Graph } from '../model/graph.ts';
import type { GraphDatabase, History, RunLock } from '../model/graph-database.ts';
import type { GraphEditor, HoldingReader } from '../model/graph-editor.ts';
import type { EditorOpening, StoreOpening, TargetOpening } from '../model/graph-opening.ts';
import type { GraphStore } from '../model/graph-store.ts';
import type { Patience } from '../model/patience.ts';
import type { RecordedGraph } from '../model/recorded-graph.ts';
import type { Target } from '../model/target.ts';
import { Connection } from './connection.ts';
import { readCredentials } from './credentials.ts';
import { openGraphEditor, openHoldingReader } from './editor/open-graph-editor.ts';
import { parseNeo4jAddress } from './neo4j-address.ts';
import { openGraph } from './questions/open-graph.ts';
import { ensureSchema } from './schema.ts';
import { openStore } from './store/open-store.ts';
import { openTarget, type TargetPlace } from './target/open-target.ts';
import { readHistory } from './target/read-history.ts';
import { openRecordedGraph } from './target/recorded-graph.ts';
import { acquireRunLock, type Lease } from './target/run-lock.ts';

/** Connects to a graph on a Neo4j server, as whom the environment says; `origin` is whose events are written and verified. */
export async function openNeo4jDatabase(
  url: string,
  origin: string | undefined,
  signal: AbortSignal | undefined,
): Promise<GraphDatabase> {
  const connection = await Connection.open(parseNeo4jAddress(url), readCredentials(process.env), signal);
  return new Neo4jDatabase(connection, origin ?? '');
}

class Neo4jDatabase implements GraphDatabase {
  readonly path: string;
  readonly #connection: Connection;
  readonly #origin: string;
  #lease: Lease | undefined;
  #schema: Promise<void> | undefined;

  constructor(connection: Connection, origin: string) {
    this.path = connection.path;
    this.#connection = connection;
    this.#origin = origin;
  }

  /** A database that answers is one; what is not in it is not found there. */
  async requireThere(): Promise<void> {}

  /** No source is a server, and who may not write is told so at the first write. */
  async requireWritable(): Promise<void> {}

  async acquireRunLock(patience: Patience): Promise<RunLock> {
    await this.#makeSchema();
    this.#lease = await acquireRunLock(this.#connection, this.#origin, patience);
    return this.#lease;
  }

  async openTarget(opening: TargetOpening): Promise<Target> {
    await this.#makeSchema();
    return openTarget(this.#place, opening);
  }

  openTargetForDryRun(opening: TargetOpening): Promise<Target> {
    return openTarget(this.#place, opening);
  }

  async openGraph(): Promise<Graph> {
    return openGraph(this.#connection);
  }

  openRecordedGraph(): Promise<RecordedGraph> {
    return openRecordedGraph(this.#connection, this.#origin);
  }

  openStore(opening: StoreOpening): Promise<GraphStore> {
    return openStore(this.#connection, opening);
  }

  openEditor(opening: EditorOpening): Promise<GraphEditor> {
    return openGraphEditor(this.#connection, opening);
  }

  async openHoldingReader(): Promise<HoldingReader> {
    return openHoldingReader(this.#connection);
  }

  readHistory(runs: number): Promise<History> {
    return readHistory(this.#connection, runs);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** A run asks for it twice, for its lock and to write; the server is asked once. */
  #makeSchema(): Promise<void> {
    this.#schema ??= ensureSchema(this.#connection);
    return this.#schema;
  }

  get #place(): TargetPlace {
    return { connection: this.#connection, origin: this.#origin, holder: () => this.#lease?.holder };
  }
}
