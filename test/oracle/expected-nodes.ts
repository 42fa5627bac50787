import Database from 'better-sqlite3';
import type { ExpectedNode } from './expected-node.ts';
import { sessionBoundaryNodes } from './session-boundary-nodes.ts';
import { taskCompletionNodes } from './task-completion-nodes.ts';
import { toolErrorNodes } from './tool-error-nodes.ts';

/** Every node that SPEC sections 1 and 3 make of a source, in the order of ids as SQLite has them. */
export function expectedNodes(sourcePath: string, errorStatuses: readonly string[]): readonly ExpectedNode[] {
  const db = new Database(sourcePath, { readonly: true, fileMustExist: true });
  try {
    const nodes = [...toolErrorNodes(db, errorStatuses), ...sessionBoundaryNodes(db), ...taskCompletionNodes(db)];
    return nodes.toSorted((one, other) => Buffer.compare(Buffer.from(one.id), Buffer.from(other.id)));
  } finally {
    db.close();
  }
}
