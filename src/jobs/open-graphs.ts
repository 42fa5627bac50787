import type { Graph } from '../model/graph.ts';
import type { GraphDatabase } from '../model/graph-database.ts';
import type { AskGraph } from './ask-graph.ts';
import { openDatabase } from './open-database.ts';

/** A graph that stays open from question to question, and is opened anew when its tables have become others. */
export interface OpenedGraph {
  readonly ask: AskGraph;
  close(): Promise<void>;
}

/** Opens it when it is first asked something. Questions may be asked while others are being answered. */
export function keepGraphOpen(target: string): OpenedGraph {
  let current: Promise<Borrowed> | undefined;
  const open = () => {
    const opening = borrow(target);
    current = opening;
    // The next question tries again.
    opening.catch(() => {
      if (current === opening) current = undefined;
    });
    return opening;
  };
  const drop = async () => {
    const dropped = current;
    current = undefined;
    const graph = await dropped?.catch(() => undefined);
    await graph?.retire();
  };
  const ask: AskGraph = async (question) => {
    for (;;) {
      const isNew = current === undefined;
      const opening = current ?? open();
      const graph = await opening;
      // Nothing is waited for from here on until it is lent: others may drop it.
      if (!graph.isRetired && (isNew || graph.isCurrent())) return graph.lend(question);
      if (current === opening) current = undefined;
      await graph.retire();
    }
  };
  return { ask, close: drop };
}

async function borrow(target: string): Promise<Borrowed> {
  const database = await openDatabase(target);
  try {
    await database.requireThere();
    return new Borrowed(await database.openGraph(), database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A graph that is closed when it is no longer wanted and everybody has given it back. */
class Borrowed {
  readonly #graph: Graph;
  readonly #database: GraphDatabase;
  #borrowers = 0;
  #isRetired = false;
  #closing: Promise<void> | undefined;

  constructor(graph: Graph, database: GraphDatabase) {
    this.#graph = graph;
    this.#database = database;
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  /** A graph that cannot be looked at any more is opened anew, which says why. */
  isCurrent(): boolean {
    try {
      return this.#graph.isCurrent();
    } catch {
      return false;
    }
  }

  async lend<Answer>(question: (graph: Graph) => Answer | Promise<Answer>): Promise<Answer> {
    this.#borrowers++;
    try {
      return await question(this.#graph);
    } finally {
      this.#borrowers--;
      await this.#closeIfUnused();
    }
  }

  /** Whoever has it goes on with it. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    await this.#closeIfUnused();
  }

  async #closeIfUnused(): Promise<void> {
    if (!this.#isRetired || this.#borrowers > 0) return;
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#graph.close();
    } finally {
      await this.#database.close();
    }
  }
}
