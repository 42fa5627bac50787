import { recordCleaner } from '../engine/clean-record.ts';
import { edgeOfJson } from '../model/change.ts';
import type { DeletionReport } from '../model/deletion.ts';
import { AuditError } from '../model/errors.ts';
import type { Graph } from '../model/graph.ts';
import type { GraphStore } from '../model/graph-store.ts';
import { NodeHooks } from '../model/node-hooks.ts';
import { requireEnds } from '../model/record-input.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { askGraph } from './ask-graph.ts';
import { bootstrap } from './bootstrap.ts';
import type { GraphJob } from './graph-job.ts';
import { withDatabase } from './with-database.ts';

/** Which nodes and edges are to be deleted, or brought back. */
export interface DeletionJob extends GraphJob {
  readonly action: 'delete' | 'undelete';
  readonly ids: readonly string[];
  readonly dryRun: boolean;
}

/** What is to be done of one record: it is there to be done, it was done before, or there is no such record. */
type Outcome = 'changed' | 'unchanged' | 'missing';

/** Deletes nodes and edges, or brings them back: all that are named, or none where one of them is not there. */
export async function deleteRecords(job: DeletionJob): Promise<DeletionReport> {
  const { target, action, dryRun } = job;
  await withDatabase(target, (database) => database.requireThere());
  const ids = [...new Set(job.ids)];
  const outcomes = await (dryRun ? foreseen(job, ids) : done(job, ids));
  const missing = ids.find((_, at) => outcomes[at] === 'missing');
  if (missing !== undefined) throw notFound(missing, job);
  return {
    schema: `audit-extract/${action}@1`,
    dry_run: dryRun,
    target: { path: target },
    changed: ids.filter((_, at) => outcomes[at] === 'changed'),
    unchanged: ids.filter((_, at) => outcomes[at] === 'unchanged'),
  };
}

async function done(job: DeletionJob, ids: readonly string[]): Promise<readonly Outcome[]> {
  const store = await bootstrap(job.target, { ...job, create: false });
  try {
    return await store.transaction(async () => {
      const outcomes: Outcome[] = [];
      for (const id of ids) {
        const outcome = await (job.action === 'delete' ? remove(store, id) : bringBack(store, id));
        // Nothing of it is done.
        if (outcome === 'missing') throw notFound(id, job);
        outcomes.push(outcome);
      }
      return outcomes;
    });
  } finally {
    await store.close();
  }
}

async function remove(store: GraphStore, id: string): Promise<Outcome> {
  const node = await store.nodes.get(id, { includeDeleted: true });
  if (node !== undefined) return (await store.nodes.delete(id)) ? 'changed' : 'unchanged';
  return (await store.edges.delete(id)) ? 'changed' : 'missing';
}

async function bringBack(store: GraphStore, id: string): Promise<Outcome> {
  const node = await store.nodes.get(id, { includeDeleted: true });
  if (node !== undefined) return (await store.nodes.restore(id)) ? 'changed' : 'unchanged';
  if ((await store.edges.get(id)) !== undefined) return 'unchanged';
  return (await store.edges.restore(id)) ? 'changed' : 'missing';
}

/** What a dry run can tell without a write; hooks that come before one are asked, too. */
function foreseen({ target, action, hooks = [] }: DeletionJob, ids: readonly string[]): Promise<readonly Outcome[]> {
  const asked = new NodeHooks(hooks, recordCleaner(createRedactor(RECOMMENDED)));
  return askGraph(target)(async (graph) => {
    const outcomes: Outcome[] = [];
    for (const id of ids) outcomes.push(await foreseenOf(graph, id, action, asked));
    return outcomes;
  });
}

async function foreseenOf(
  { nodes, edges, changes }: Graph,
  id: string,
  action: DeletionJob['action'],
  asked: NodeHooks,
): Promise<Outcome> {
  const times = await nodes.times(id);
  if (times !== undefined) {
    const isToChange = (times.deletedAt === null) === (action === 'delete');
    const node = isToChange && action === 'delete' ? await nodes.find(id) : undefined;
    return isToChange && (node === undefined || asked.allowsDelete(node)) ? 'changed' : 'unchanged';
  }
  if (await edges.has(id)) return action === 'delete' ? 'changed' : 'unchanged';
  if (action === 'delete') return 'missing';
  const removals = await changes?.find({ record: id, operation: 'delete', limit: 1, offset: 0 });
  const said = removals?.changes[0]?.before;
  const edge = said == null ? undefined : edgeOfJson(id, said);
  if (edge === undefined) return 'missing';
  const [from, to] = await Promise.all([nodes.times(edge.fromNode), nodes.times(edge.toNode)]);
  requireEnds(edge, (end) => (end === edge.fromNode ? from : to) !== undefined);
  return 'changed';
}

function notFound(id: string, { target, action }: DeletionJob): AuditError {
  const hint =
    action === 'delete'
      ? 'audit-extract query finds nodes and their ids; nothing was deleted'
      : 'audit-extract history --operation delete lists what went; nothing was brought back';
  return new AuditError('node-not-found', `there is no node or edge ${id} in ${target}`, hint);
}
