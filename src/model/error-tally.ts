import { readProperties } from './properties.ts';
import type { ErrorsAround } from './statistics.ts';

/** So many tools are named of those that failed. */
const TOOLS_NAMED = 3;

/** Counts errors, and of which tools they are. */
export class ErrorTally {
  readonly #tools = new Map<string, number>();
  #events = 0;
  #errors = 0;

  add(tool: string, events: number, errors: number): void {
    this.#events += events;
    this.#errors += errors;
    this.#tools.set(tool, (this.#tools.get(tool) ?? 0) + errors);
  }

  /** One event, by what its node says. */
  addNode(properties: string | null | undefined): void {
    const { tool_name: tool, error_count: errors } = readProperties(properties);
    this.add(typeof tool === 'string' ? tool : '', 1, typeof errors === 'number' ? errors : 0);
  }

  /** The tools that failed most often come first. */
  sum(): ErrorsAround {
    const named = [...this.#tools].toSorted(([, a], [, b]) => b - a).slice(0, TOOLS_NAMED);
    return { events: this.#events, errors: this.#errors, tools: named.map(([tool]) => tool) };
  }
}
