import type { KnownSessions } from './known-sessions.ts';

/** What the statistics of a graph can be looked at by. */
export const STATISTIC_VIEWS = ['tool', 'type', 'day', 'session', 'compaction', 'task'] as const;
export type StatisticView = (typeof STATISTIC_VIEWS)[number];

/** The events that are counted: their subtypes, and what their keys begin with. */
export const TOOL_ERRORS = { subtype: 'tool_error', prefix: 'err' } as const;
export const SYSTEM_EVENTS = { subtype: 'session_boundary', prefix: 'sys' } as const;
export const TASKS = { subtype: 'task_completion', prefix: 'task' } as const;
/** The kind of system event that says that a session was compacted. */
export const COMPACTION = 'compact_boundary';
/** How a task that did not fail ends; in a task without an outcome, its status says so. */
export const GOOD_OUTCOMES = ['success', 'completed'] as const;
/** States of a task that has not ended, whether they stand as its outcome or as its status. */
export const OPEN_STATES = ['pending', 'in_progress', 'queued', 'running', 'paused', 'blocked', 'open'] as const;
/** What stands where an outcome or a status is not known. */
export const UNTOLD = 'unknown';

/** Whether a task has failed: it has ended, it is known how, and that is not well. */
export function hasFailed(outcome: string, status: string): boolean {
  const isOneOf = (words: readonly string[], word: string) => words.includes(word);
  if (isOneOf(OPEN_STATES, outcome) || isOneOf(OPEN_STATES, status)) return false;
  return !isOneOf([...GOOD_OUTCOMES, UNTOLD], outcome === UNTOLD ? status : outcome);
}

/** Milliseconds, ends included; undefined where it is open. Counts are kept by day, so it is of whole days. */
export interface DayRange {
  readonly since: number | undefined;
  readonly until: number | undefined;
}

/** Which errors are counted: those that all that is given says of. */
export interface ErrorFilter extends DayRange {
  readonly tool: string | undefined;
  readonly errorType: string | undefined;
}

/** How many events of a kind there are, those of a time by when they were last, and how many rows of the source they come from. */
export interface KindCount {
  readonly subtype: string;
  readonly events: number;
  readonly rows: number;
}

/** Errors that share a tool, a type or a day. */
export interface ErrorCount {
  /** Empty where the day is not known. */
  readonly name: string;
  /** Rows of the source. */
  readonly errors: number;
  /** Nodes; those of a time are the ones whose last error was then. */
  readonly events: number;
}

/** What went wrong in a session. */
export interface SessionTrouble {
  readonly session: string;
  readonly errors: number;
  readonly compactions: number;
  /** Failed tasks that errors of the session were for; null where the graph has no edges to tasks. */
  readonly failedTasks: number | null;
  /** From when to when its events are, in milliseconds; null where that is not known, as of a time that was asked for. */
  readonly first: number | null;
  readonly last: number | null;
}

/** Compactions that one thing brought about. */
export interface CompactionCount {
  readonly trigger: string;
  readonly compactions: number;
}

/** The errors that were for the task that failed. */
export interface ErrorsAround {
  readonly events: number;
  readonly errors: number;
  /** Those that failed most, first. */
  readonly tools: readonly string[];
}

/** A task that failed, by the latest of its rows. */
export interface FailedTask {
  /** The id of its node. */
  readonly id: string;
  readonly taskId: string | null;
  readonly description: string | null;
  readonly outcome: string;
  readonly status: string;
  readonly last: number | null;
  /** Null where the graph has no edges to tasks. */
  readonly around: ErrorsAround | null;
}

/** The first of some rows, and whether there are more. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

/** How the events of a graph are others than those that are counted, as far as a short look tells. */
export interface EventCensus {
  /** Events of which nothing is kept, as others have written them or a run with other settings. */
  readonly unrecorded: number;
  /** Events that are counted and no longer there; those that are not recorded may make up for some. */
  readonly lost: number;
  /** Events that are counted and marked as deleted; 0 in a graph where finding them would take long. */
  readonly deleted: number;
}

/** Answers from counts that are kept beside a graph, and its edges. */
export interface StatisticsReader {
  /** Asks several questions of one moment. */
  atOnce<Answer>(questions: () => Promise<Answer>): Promise<Answer>;
  kinds(range: DayRange): Promise<readonly KindCount[]>;
  /** The most frequent first; days from the newest back. */
  errorsBy(by: 'tool' | 'type' | 'day', filter: ErrorFilter, limit: number): Promise<Listed<ErrorCount>>;
  /** Those with most errors first, of equals those with most compactions, then by name. */
  sessions(filter: ErrorFilter, limit: number): Promise<Listed<SessionTrouble>>;
  compactions(range: DayRange, limit: number): Promise<Listed<CompactionCount>>;
  /** The newest first. */
  failedTasks(range: DayRange, limit: number): Promise<Listed<FailedTask>>;
  /** What has no time, by kind: events, and rows. */
  undated(): Promise<readonly KindCount[]>;
  census(): Promise<EventCensus>;
  knownSessions(): Promise<KnownSessions>;
  /** Whether the graph has edges from events to tasks, or would if there were any. */
  hasTaskEdges(): Promise<boolean>;
}

/** How many calls of a tool the source has, and how many of them failed. */
export interface ToolRate {
  readonly tool: string;
  readonly calls: number;
  readonly errors: number;
}

/** A part of the statistics. */
export type StatisticsSection =
  | { readonly section: 'kind'; readonly list: Listed<KindCount> }
  | { readonly section: 'tool' | 'type' | 'day'; readonly list: Listed<ErrorCount> }
  | { readonly section: 'session'; readonly list: Listed<SessionTrouble> }
  | { readonly section: 'compaction'; readonly list: Listed<CompactionCount> }
  | { readonly section: 'task'; readonly list: Listed<FailedTask> }
  | { readonly section: 'rate'; readonly list: Listed<ToolRate> };

/** What `stats` says. */
export interface StatisticsReport {
  readonly target: string;
  /** Undefined where all of it is wanted. */
  readonly view: StatisticView | undefined;
  readonly filter: ErrorFilter;
  readonly sections: readonly StatisticsSection[];
  /** What a user should know of the way it was counted. */
  readonly warnings: readonly string[];
}

const MS_A_DAY = 86_400_000;

/** A range, widened to whole days in UTC. */
export function wholeDays({ since, until }: DayRange): DayRange {
  return {
    since: since === undefined ? undefined : Math.floor(since / MS_A_DAY) * MS_A_DAY,
    until: until === undefined ? undefined : (Math.floor(until / MS_A_DAY) + 1) * MS_A_DAY - 1,
  };
}

/** So many of what was found, and whether there was more. */
export function listed<Row>(found: readonly Row[], limit: number): Listed<Row> {
  return { rows: found.slice(0, limit), more: found.length > limit };
}
