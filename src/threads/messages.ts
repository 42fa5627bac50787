import type { ErrorSummary } from '../model/errors.ts';
import type { Interruption } from '../model/interruption.ts';
import type { TaskInput, TaskName, TaskNote, TaskOutput } from './tasks/index.ts';

/** What a thread is told. `call` tells one call from all others. */
export type ThreadOrder<Name extends TaskName = TaskName> =
  | { readonly type: 'call'; readonly call: number; readonly task: Name; readonly input: TaskInput<Name> }
  | { readonly type: 'abort'; readonly call: number; readonly reason: Interruption }
  | { readonly type: 'close' };

/** What a thread says of a call. */
export type ThreadNews<Name extends TaskName = TaskName> =
  | { readonly type: 'note'; readonly call: number; readonly note: TaskNote<Name> }
  | { readonly type: 'done'; readonly call: number; readonly output: TaskOutput<Name> }
  | ThreadFailure;

/** An error of ours has a summary, any other one has none. */
export interface ThreadFailure {
  readonly type: 'failed';
  readonly call: number;
  readonly summary: ErrorSummary | undefined;
  readonly message: string;
  readonly stack: string | undefined;
}
