import type { Graph } from '../model/graph.ts';
import { openGraph } from '../sqlite/questions/open-graph.ts';
import type { AskGraph } from './ask-graph.ts';
import { requireTargetFile } from './check-paths.ts';

/** A graph that stays open from question to question, and is opened anew when its tables have become others. */
export interface OpenedGraph {
  readonly ask: AskGraph;
  close(): void;
}

/** Opens it when it is first asked something. Questions may be asked while others are being answered. */
export function keepGraphOpen(target: string): OpenedGraph {
  let current: Borrowed | undefined;
  const drop = () => {
    current?.retire();
    current = undefined;
  };
  const ask: AskGraph = async (question) => {
    if (current !== undefined && !current.isCurrent()) drop();
    if (current === undefined) {
      requireTargetFile(target);
      current = new Borrowed(openGraph(target));
    }
    return current.lend(question);
  };
  return { ask, close: drop };
}

/** A graph that is closed when it is no longer wanted and everybody has given it back. */
class Borrowed {
  readonly #graph: Graph;
  #borrowers = 0;
  #isRetired = false;

  constructor(graph: Graph) {
    this.#graph = graph;
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
      this.#closeIfUnused();
    }
  }

  retire(): void {
    this.#isRetired = true;
    this.#closeIfUnused();
  }

  #closeIfUnused(): void {
    if (this.#isRetired && this.#borrowers === 0) this.#graph.close();
  }
}
