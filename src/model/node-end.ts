/** The node type of what an edge leads to, and that is not in the graph. */
export const MISSING = 'missing';

/** A node that an edge leads to or comes from: what tells which one it is, and no more. */
export interface NodeEnd {
  readonly id: string;
  readonly nodeType: string;
  readonly subtype: string | null;
  readonly name: string | null;
  /** What it is called where people read it: its name, in which a user may be named who had but an id when it was given. */
  readonly label: string | null;
  readonly isDeleted: boolean;
}
