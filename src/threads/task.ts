import type { Desk } from './desk.ts';

/** What a task is done with. */
export interface TaskShop<Note> {
  readonly desk: Desk;
  /** Aborted, with an `Interruption` as reason, when nobody wants the outcome any more. */
  readonly signal: AbortSignal;
  /** Tells how far it is. */
  readonly note: (note: Note) => void;
}

/** Something that a thread does. What goes in and comes out crosses over, so it is plain data. */
export type Task<Input, Output, Note = never> = (input: Input, shop: TaskShop<Note>) => Promise<Output>;
