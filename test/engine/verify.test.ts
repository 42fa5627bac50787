import { describe, expect, it } from 'vitest';
import type { Finding, VerifyReport } from '../../src/model/verification.ts';
import { event, failure, failures, orchard, task } from '../support/growing-orchard.ts';
import { hostileAppendedExtractor, hostileExtractor } from '../support/hostile-extractor.ts';
import { afterBatches, runUntil } from '../support/run-until.ts';
import { verifyJob } from '../support/verify-job.ts';

const usual = () =>
  orchard({
    tool_analytics: failures(30, (i) => ({ error_type: `type ${i % 10}` })),
    system_events: [event('one'), event('two'), event('three')],
    task_tracking: [task('A'), task('B')],
  });

const kindsOf = ({ findings }: VerifyReport) => findings.map(({ kind, id }: Finding) => [kind, id]);

describe('verify', () => {
  it('finds nothing where source and graph agree, and the fingerprint that the run printed', async () => {
    const scene = usual();
    const { fingerprint } = await scene.run();
    const report = await verifyJob(scene);
    expect(report).toMatchObject({ agrees: true, findings: [], totals: { agreeing: 15, behind: 0 }, fingerprint });
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds a node whose shortened id has as many characters as the long one had', async () => {
    const scene = orchard({ tool_analytics: [failure({ error_type: '漢'.repeat(204) })] });
    await scene.run();
    expect(await verifyJob(scene)).toMatchObject({ agrees: true, totals: { agreeing: 1 } });
  });

  it('names a node that is gone, one that was changed, and takes no notice of those of others', async () => {
    const scene = usual();
    await scene.run();
    scene.changeGraph("DELETE FROM kg_nodes WHERE id = 'audit_event:sys:1'");
    scene.changeGraph("UPDATE kg_nodes SET name = name || '!' WHERE id = 'audit_event:task:2'");
    scene.changeGraph("UPDATE kg_nodes SET updated_at = '2000-01-01' WHERE id = 'audit_event:task:1'");
    scene.changeGraph(
      "INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES ('x', 'y', 'z', '', '')",
    );
    const report = await verifyJob(scene);
    expect(kindsOf(report)).toEqual([
      ['missing', 'audit_event:sys:1'],
      ['altered', 'audit_event:task:2'],
    ]);
    expect(report).toMatchObject({ agrees: false, error: { code: 'verify-disagrees' } });
  });

  it('names a node that the source does not give any more, and one that it gives and that is not recorded', async () => {
    const scene = usual();
    await scene.run();
    scene.change('UPDATE tool_analytics SET error_type = ? WHERE id = 5', 'another');
    const report = await verifyJob(scene);
    expect(kindsOf(report)).toEqual([
      ['missing', 'audit_event:err:s:Bash:another'],
      ['altered', 'audit_event:err:s:Bash:type 4'],
    ]);
    scene.change('DELETE FROM system_events WHERE id = 2');
    expect(kindsOf(await verifyJob(scene))).toContainEqual(['extra', 'audit_event:sys:2']);
  });

  it('counts what came later as behind: rows, and edits of tasks', async () => {
    const scene = usual();
    await scene.run();
    scene.append('tool_analytics', failure({ error_type: 'type 1' }), failure({ error_type: 'new' }));
    scene.append('task_tracking', task('C'));
    scene.change("UPDATE task_tracking SET outcome = 'failed' WHERE id = 1");
    const report = await verifyJob(scene);
    expect(report).toMatchObject({ agrees: true, findings: [], totals: { agreeing: 14, behind: 2 } });
  });

  it('counts as unverifiable what the producer has pruned, unless it was changed', async () => {
    const scene = usual();
    await scene.run();
    scene.change('DELETE FROM tool_analytics WHERE id <= 11');
    scene.change('DELETE FROM system_events WHERE id = 1');
    const report = await verifyJob(scene);
    expect(report).toMatchObject({ agrees: true, totals: { agreeing: 4, unverifiable: 11 } });
    scene.changeGraph("UPDATE kg_nodes SET properties = '{}' WHERE id = 'audit_event:sys:1'");
    expect(kindsOf(await verifyJob(scene))).toEqual([['altered', 'audit_event:sys:1']]);
  });

  it('counts what is marked as deleted, and does not count it as a failure', async () => {
    const scene = usual();
    await scene.run();
    scene.changeGraph("UPDATE kg_nodes SET deleted_at = '2026-01-01' WHERE id LIKE '%task%'");
    expect(await verifyJob(scene)).toMatchObject({ agrees: true, totals: { agreeing: 13, deleted: 2 } });
  });

  it('looks at a sample of any size', async () => {
    const scene = usual();
    await scene.run();
    const report = await verifyJob({ ...scene, nodes: 5 });
    expect(report.totals.agreeing).toBe(5);
    expect(report.fingerprint).toBeUndefined();
    scene.changeGraph('UPDATE kg_nodes SET name = id');
    expect((await verifyJob({ ...scene, nodes: 3 })).totals).toMatchObject({ agreeing: 0, altered: 3 });
    expect((await verifyJob({ ...scene, nodes: 100 })).totals).toMatchObject({ agreeing: 0, altered: 15 });
  });

  it('knows what is in of a flush that has not ended', async () => {
    const scene = usual();
    await scene.run();
    scene.append('tool_analytics', ...failures(20, (i) => ({ error_type: `type ${i % 10}` })));
    await runUntil(afterBatches('tool-errors', 2), { source: scene.source, target: scene.target, batchSize: 2 });
    expect(await verifyJob(scene)).toMatchObject({ agrees: true, totals: { agreeing: 15 } });
  });

  it('compares nodes of extractors that it does not know with what was recorded of them', async () => {
    const scene = usual();
    await scene.run({ extractors: [hostileExtractor, hostileAppendedExtractor] });
    const report = await verifyJob(scene);
    expect(report).toMatchObject({ agrees: true, totals: { unverifiable: 6 } });
    expect(report.extractors.map(({ warning }) => warning)).toEqual([
      expect.stringContaining('--extractor'),
      expect.stringContaining('--extractor'),
    ]);
    scene.changeGraph("UPDATE kg_nodes SET name = 'x'");
    expect((await verifyJob(scene)).totals).toMatchObject({ altered: 6 });
  });

  it('says so where nodes were derived with other settings', async () => {
    const scene = usual();
    await scene.run();
    const report = await verifyJob({ ...scene, settings: { errorStatuses: ['failed'] } });
    expect(report).toMatchObject({ agrees: true, totals: { agreeing: 5, unverifiable: 10 } });
    expect(report.extractors[0]?.warning).toContain('other settings');
  });

  it('refuses a source that is another one', async () => {
    const scene = usual();
    await scene.run();
    scene.change("UPDATE tool_analytics SET session_id = 'other'");
    await expect(verifyJob(scene)).rejects.toMatchObject({ code: 'source-changed' });
  });
});
