import { randomUUID } from 'node:crypto';
import type { ErrorSummary } from '../../model/errors.ts';
import { visibleJson } from '../../render/visible.ts';
import type { RunOrder, RunOutcome } from '../../threads/tasks/run-extraction.ts';
import { EventLog } from './event-log.ts';

/** Where a run stands. */
type RunState = 'running' | RunOutcome['state'];

/** What became of a run: a report, unless it failed without one. */
export type RunEnd = Omit<RunOutcome, 'report'> & { readonly report: string | undefined };

/** A run that this server was asked for. */
export class ExtractionRun {
  readonly id = randomUUID();
  readonly events = new EventLog();
  readonly order: RunOrder;
  readonly #startedBy: string;
  readonly #startedAt: number;
  readonly #interruption = new AbortController();
  #end: (RunEnd & { readonly at: number }) | undefined;

  constructor(order: RunOrder, startedBy: string, now: number) {
    this.order = order;
    this.#startedBy = startedBy;
    this.#startedAt = now;
  }

  /** Aborted when it is to end at its next whole batch. */
  get signal(): AbortSignal {
    return this.#interruption.signal;
  }

  get isOver(): boolean {
    return this.#end !== undefined;
  }

  interrupt(reason: 'SIGINT' | 'SIGTERM'): void {
    this.#interruption.abort(reason);
  }

  /** Tells those who follow it, as its last event. */
  finish(end: RunEnd, now: number): void {
    this.#end = { ...end, at: now };
    this.events.end('run-finished', this.json('with-report'));
  }

  /** The run as JSON, on one line. */
  json(extent: 'with-report' | 'alone'): string {
    const { full, dryRun, wantsEdges, only, skip } = this.order;
    const record = {
      id: this.id,
      state: this.#end?.state ?? ('running' satisfies RunState),
      started_at: new Date(this.#startedAt).toISOString(),
      started_by: this.#startedBy,
      finished_at: this.#end === undefined ? null : new Date(this.#end.at).toISOString(),
      ...{ full, dry_run: dryRun, edges: wantsEdges ?? null, only: only ?? null, skip: skip ?? null },
      error: errorOf(this.#end?.error),
    };
    const text = visibleJson(JSON.stringify(record));
    return extent === 'alone' ? text : `${text.slice(0, -1)},"report":${this.#end?.report ?? null}}`;
  }
}

const errorOf = (error: ErrorSummary | undefined) => error ?? null;
