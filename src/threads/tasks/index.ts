import type { Task } from '../task.ts';
import { checkHealth } from './check-health.ts';
import { deleteEdge, deleteNode } from './delete-record.ts';
import { deleteEdges, deleteNodes } from './delete-records.ts';
import { drawDiagram } from './draw-diagram.ts';
import { examineAll } from './examine-all.ts';
import { getEdge, getNode } from './get-record.ts';
import { insertEdges, insertNodes } from './insert-records.ts';
import { listEdges } from './list-edges.ts';
import { listNodes } from './list-nodes.ts';
import { logAction } from './log-action.ts';
import { makeGraph } from './make-graph.ts';
import { readActivity } from './read-activity.ts';
import { readAudit } from './read-audit.ts';
import { drawNeighbors, readNeighbors } from './read-neighbors.ts';
import { readStatistics } from './read-statistics.ts';
import { readTrail } from './read-trail.ts';
import { restoreBackup } from './restore-backup.ts';
import { restoreEdge, restoreNode } from './restore-record.ts';
import { runExtraction } from './run-extraction.ts';
import { showNode } from './show-node.ts';
import { updateEdge } from './update-edge.ts';
import { updateNode } from './update-node.ts';
import { writeBackup } from './write-backup.ts';
import { writeExport } from './write-export.ts';

/** Everything that threads do, by name. A new task is one file and one line here. */
const registry = {
  checkHealth,
  deleteEdge,
  deleteEdges,
  deleteNode,
  deleteNodes,
  drawDiagram,
  drawNeighbors,
  examineAll,
  getEdge,
  getNode,
  insertEdges,
  insertNodes,
  listEdges,
  listNodes,
  logAction,
  makeGraph,
  readActivity,
  readAudit,
  readNeighbors,
  readStatistics,
  readTrail,
  restoreBackup,
  restoreEdge,
  restoreNode,
  runExtraction,
  showNode,
  updateEdge,
  updateNode,
  writeBackup,
  writeExport,
};

type Registry = typeof registry;
export type TaskName = keyof Registry;
export type TaskInput<Name extends TaskName> = Parameters<Registry[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Registry[Name]>>;
export type TaskNote<Name extends TaskName> = Registry[Name] extends Task<never, unknown, infer Note> ? Note : never;

/** The same, so that a name that is not known yet fits its input. */
export const tasks: { readonly [Name in TaskName]: Task<TaskInput<Name>, TaskOutput<Name>, TaskNote<Name>> } = registry;
