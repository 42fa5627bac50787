import { describe, expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { readAll } from '../support/graph-rows.ts';
import { failure, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { countedEntries, keptCounts } from '../support/read-counts.ts';
import { verifyJob } from '../support/verify-job.ts';

const deletedOf = (target: string) =>
  readAll<{ readonly id: string }>(target, 'SELECT id FROM kg_nodes WHERE deleted_at IS NOT NULL ORDER BY id').map(
    ({ id }) => id.replace('audit_event:', ''),
  );

/** Three groups of errors and two tasks, of which the rows of some are gone since. */
async function forgottenScene() {
  const scene = orchard({
    tool_analytics: ['a', 'b', 'c'].map((session_id) => failure({ session_id })),
    task_tracking: [task('t-1'), task('t-2')],
  });
  await scene.run();
  scene.append('tool_analytics', failure({ session_id: 'd' }));
  scene.change("DELETE FROM tool_analytics WHERE session_id = 'b'");
  scene.change("DELETE FROM task_tracking WHERE task_id = 't-1'");
  return scene;
}

describe('--full --retire', () => {
  it('deletes nodes whose rows are gone, and nothing that is recorded of them', async () => {
    const scene = await forgottenScene();
    const dry = await scene.run({ full: true, retire: true, dryRun: true });
    expect([partOf(dry, 'tool-errors').retired, partOf(dry, 'task-completions').retired]).toEqual([1, 1]);
    expect(deletedOf(scene.target)).toEqual([]);

    const report = await scene.run({ full: true, retire: true });
    expect(report).not.toHaveProperty('error');
    expect([partOf(report, 'tool-errors').retired, partOf(report, 'task-completions').retired]).toEqual([1, 1]);
    expect(deletedOf(scene.target)).toEqual(['err:b:Bash:timeout', 'task:1']);
    expect(propertiesOf(scene, 'err:b:Bash:timeout')).toMatchObject({ error_count: 1 });
    expect(keptCounts(scene.target, ['tool_error']).sessions.size).toBe(3);

    const again = await scene.run({ full: true, retire: true });
    expect(again.totals).toMatchObject({ inserted: 0, updated: 0 });
    expect(partOf(again, 'tool-errors')).not.toHaveProperty('retired');
    expect((await verifyJob(scene)).agrees).toBe(true);
    const store = await bootstrap(scene.target);
    expect((await store.history({ operation: 'soft_delete' })).changes).toEqual([
      expect.objectContaining({
        recordId: 'audit_event:task:1',
        actor: expect.stringMatching(/^task-completions@/),
        run: 2,
      }),
      expect.objectContaining({
        recordId: 'audit_event:err:b:Bash:timeout',
        actor: expect.stringMatching(/^tool-errors@/),
      }),
    ]);
    await store.close();
  });

  it('leaves deleted what comes again, and folds it in', async () => {
    const scene = await forgottenScene();
    await scene.run({ full: true, retire: true });
    scene.append('tool_analytics', failure({ session_id: 'b' }));
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ updated: 1, deleted: 1 });
    expect(propertiesOf(scene, 'err:b:Bash:timeout')).toMatchObject({ error_count: 2 });
    const store = await bootstrap(scene.target);
    await store.nodes.restore('audit_event:err:b:Bash:timeout');
    await store.nodes.restore('audit_event:task:1');
    await store.close();
    const kinds = { err: 'tool_error', task: 'task_completion' };
    expect(keptCounts(scene.target, Object.values(kinds))).toEqual(countedEntries(scene.target, kinds));
  });

  it('still refuses to lower a count', async () => {
    const scene = orchard({ tool_analytics: [failure(), failure(), failure({ session_id: 'other' })] });
    await scene.run();
    scene.change('DELETE FROM tool_analytics WHERE id = 1');
    expect(await scene.run({ full: true, retire: true })).toMatchObject({ error: { code: 'source-forgot' } });
    expect(deletedOf(scene.target)).toEqual([]);
  });

  it.each([
    ['that is incremental', {}],
    ['of new rows alone', { full: false }],
  ])('a run %s deletes nothing', async (_, how) => {
    const scene = await forgottenScene();
    await scene.run({ ...how, retire: true });
    expect(deletedOf(scene.target)).toEqual([]);
  });

  it('a run of which one extractor failed deletes nothing', async () => {
    const scene = await forgottenScene();
    scene.change('ALTER TABLE system_events RENAME COLUMN level TO rank');
    const report = await scene.run({ full: true, retire: true });
    expect(partOf(report, 'session-boundaries').status).toBe('failed');
    expect(deletedOf(scene.target)).toEqual([]);
    scene.change('ALTER TABLE system_events RENAME COLUMN rank TO level');
    await scene.run({ full: true, retire: true });
    expect(deletedOf(scene.target)).toEqual(['err:b:Bash:timeout', 'task:1']);
  });

  it('a run that wants other rows than the one before deletes nothing, and says so', async () => {
    const rows = ['a', 'b'].map((session_id) => failure({ session_id }));
    const scene = orchard({ tool_analytics: [...rows, failure({ status: 'failed' })], task_tracking: [task('t-1')] });
    await scene.run();
    const how = { full: true, retire: true, settings: { errorStatuses: ['failed'] } };
    const dry = await scene.run({ ...how, dryRun: true });
    const report = await scene.run(how);
    for (const part of [partOf(dry, 'tool-errors'), partOf(report, 'tool-errors')]) {
      expect(part).not.toHaveProperty('retired');
      expect(part.warnings).toContainEqual(expect.stringMatching(/^no node was deleted for rows that are gone: /));
    }
    expect(partOf(report, 'task-completions').warnings).toEqual([]);
    // What it no longer reads is no longer its own, so that the next run leaves it alone, too.
    expect(partOf(await scene.run(how), 'tool-errors')).not.toHaveProperty('retired');
    expect(deletedOf(scene.target)).toEqual([]);
  });

  it('nor does one that takes the source as it is', async () => {
    const scene = await forgottenScene();
    await scene.run({ full: true, retire: true, acceptSource: true, settings: { errorStatuses: ['failed'] } });
    expect(deletedOf(scene.target)).toEqual(['task:1']);
  });

  it('of a table without any row nothing follows', async () => {
    const scene = await forgottenScene();
    scene.change('DELETE FROM task_tracking');
    await scene.run({ full: true, retire: true });
    expect(deletedOf(scene.target)).toEqual(['err:b:Bash:timeout']);
  });

  it('nor of one whose rows have no numbers', async () => {
    const scene = await forgottenScene();
    scene.change('ALTER TABLE task_tracking RENAME TO numbered');
    const columns =
      'task_id, task_description, source, status, outcome, tool_success_count, tool_error_count, created_at, updated_at';
    scene.change(`CREATE TABLE task_tracking(id TEXT PRIMARY KEY, ${columns})`);
    scene.change(`INSERT INTO task_tracking(id, ${columns}) SELECT id, ${columns} FROM numbered`);
    await scene.run();
    scene.change('DELETE FROM task_tracking');
    const report = await scene.run({ full: true, retire: true });
    expect(partOf(report, 'task-completions').warnings).toEqual([expect.stringMatching(/none now$/)]);
    expect(deletedOf(scene.target)).toEqual(['err:b:Bash:timeout']);
  });

  it('takes the source as it is, too', async () => {
    const scene = await forgottenScene();
    scene.append('tool_analytics', failure({ session_id: 'a' }));
    scene.change("DELETE FROM tool_analytics WHERE session_id IN ('a', 'c')");
    const report = await scene.run({
      ...{ full: true, retire: true, acceptSource: true },
      extractors: builtinExtractors.filter(({ name }) => name === 'tool-errors'),
    });
    expect(report).not.toHaveProperty('error');
    expect(deletedOf(scene.target)).toEqual(['a', 'b', 'c'].map((session) => `err:${session}:Bash:timeout`));
  });
});
