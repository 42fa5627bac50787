/** What `/stats` answers with, as far as the page reads it. */

interface Counted {
  readonly errors: number;
  readonly events: number;
}

export interface ToolCount extends Counted {
  readonly tool: string;
}

export interface TypeCount extends Counted {
  readonly error_type: string;
}

export interface DayCount extends Counted {
  /** Empty where it is not known. */
  readonly day: string;
}

export interface SessionCount {
  readonly session: string;
  readonly errors: number;
  readonly compactions: number;
  /** Null where no edges lead to tasks. */
  readonly failed_tasks: number | null;
  /** Null of a part of time. */
  readonly first: string | null;
  readonly last: string | null;
}

export interface FailedTask {
  readonly task_id: string;
  readonly id: string;
  readonly description: string;
  readonly outcome: string;
  readonly last: string | null;
  readonly errors: number | null;
  readonly tools: readonly string[];
}

/** `/stats` without `by`: the first rows of each part. */
export interface Statistics {
  readonly kinds: readonly { readonly subtype: string; readonly events: number; readonly rows: number }[];
  readonly tools: readonly ToolCount[];
  readonly types: readonly TypeCount[];
  readonly sessions: readonly SessionCount[];
  readonly compactions: readonly { readonly trigger: string; readonly compactions: number }[];
  readonly tasks: readonly FailedTask[];
  readonly warnings: readonly string[];
}

/** `/stats?by=...`. */
export interface StatisticsPart<Row> {
  readonly rows: readonly Row[];
  readonly more: boolean;
  readonly warnings: readonly string[];
}
