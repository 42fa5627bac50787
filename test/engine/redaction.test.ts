import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { RedactionSettings } from '../../src/model/redaction.ts';
import { event, failure, orchard, propertiesOf, task } from '../support/growing-orchard.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent, readNodes } from '../support/read-graph.ts';
import { SECRETS } from '../support/secrets.ts';
import { verifyJob } from '../support/verify-job.ts';

const secret = (kind: string, at = 0): string => SECRETS[kind]?.[at] ?? '';
const github = secret('github-token');
const other = github.replaceAll('5', '6');
const off: RedactionSettings = 'off';

/** All that is kept of the runs so far. */
const reportsOf = (target: string): string =>
  (readEverything(target)['audit_runs'] ?? []).map((run) => Object.values(run ?? {}).join()).join();

const idsOf = (target: string): readonly string[] => readNodes(target).map(({ id }) => id);

describe('before anything is made of a row', () => {
  it('secrets in it are replaced, and counted by kind', async () => {
    const scene = orchard({
      system_events: [event(github), event(`${github} ${secret('slack-token')}`), event('plain')],
    });
    const report = await scene.run();
    expect(report.redacted).toEqual({ 'github-token': 2, 'slack-token': 1 });
    expect(propertiesOf(scene, 'sys:2')).toMatchObject({ content: '[redacted:github-token] [redacted:slack-token]' });
    expect((await scene.run()).redacted).toEqual({});
  });

  it('keys that are equal then are one node', async () => {
    const scene = orchard({
      tool_analytics: [
        failure({ session_id: `a ${github}` }),
        failure({ session_id: `a ${other}` }),
        failure({ session_id: 'b' }),
      ],
    });
    await scene.run();
    scene.append('tool_analytics', failure({ session_id: `a ${github}` }));
    await scene.run();
    expect(idsOf(scene.target)).toEqual([
      'audit_event:err:a [redacted%3Agithub-token]:Bash:timeout',
      'audit_event:err:b:Bash:timeout',
    ]);
    expect(propertiesOf(scene, 'err:a [redacted%3Agithub-token]:Bash:timeout')).toMatchObject({ error_count: 3 });
    expect((await verifyJob(scene)).totals).toMatchObject({ agreeing: 2, missing: 0, extra: 0, altered: 0 });
  });

  it.for([40, 199, 460, 490, 499])('half of one that a cut goes through, at %i, stays out', async (at) => {
    const text = 'x'.repeat(at) + github;
    const scene = orchard({ system_events: [event(text)], task_tracking: [task('A.1', { task_description: text })] });
    await scene.run();
    for (const { name, properties } of readContent(scene.target)) {
      expect(name + properties).not.toContain(github.slice(0, 6));
    }
  });

  it('rows that SQL folds and rows that it cannot are treated alike, however many there are', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) =>
      failure({
        session_id: `s${i % 7}`,
        agent_name: i % 5 === 0 ? github : 'é',
        task_id: i % 11 === 0 ? secret('basic-auth') : 't',
      }),
    );
    const [sorted, whole] = [orchard({ tool_analytics: rows }), orchard({ tool_analytics: rows })];
    const report = await sorted.run();
    await whole.run({ batchSize: 7 });
    const full = await whole.run({ full: true });
    expect(full.redacted).toEqual(report.redacted);
    expect(full.totals).toMatchObject({ updated: 0, unchanged: 7 });
    expect(readContent(whole.target)).toEqual(readContent(sorted.target));
    expect(propertiesOf(sorted, 'err:s0:Bash:timeout')).toMatchObject({
      agents: ['[redacted:github-token]', 'é'],
      task_ids: ['[redacted:basic-auth]/path', 't'],
    });
  });

  it('ids that are texts are treated as other texts are', async () => {
    const scene = orchard({});
    scene.change('DROP TABLE task_tracking');
    scene.change(`CREATE TABLE task_tracking(id, task_id, task_description, source, status, outcome, tool_success_count,
      tool_error_count, created_at, updated_at)`);
    scene.append('task_tracking', { id: github, task_id: 'a' }, { id: '2', task_id: 'b' });
    await scene.run();
    expect(idsOf(scene.target)).toEqual(['audit_event:task:2', 'audit_event:task:[redacted%3Agithub-token]']);
  });

  it('nothing is looked for where that is not wanted', async () => {
    const scene = orchard({ system_events: [event(github)] });
    const report = await scene.run({ redaction: off });
    expect(report).not.toHaveProperty('redacted');
    expect(propertiesOf(scene, 'sys:1')).toMatchObject({ content: github });
  });
});

describe('what is shown beside the nodes', () => {
  it('what another program had written there is shown without its secrets', async () => {
    const scene = orchard({ task_tracking: [task('A.1')] });
    await scene.run();
    scene.changeGraph(`UPDATE kg_nodes SET name = '${github}', properties = '{"a":["\\n${github}"],"b":"c"}'`);
    const events: string[] = [];
    const { changes } = await (await import('../support/run-job.ts')).runJobWithChanges({ ...scene, full: true });
    events.push(JSON.stringify(changes));
    expect(events[0]).not.toContain(github);
    expect(changes[0]).toMatchObject({
      action: 'update',
      before: { name: '[redacted:github-token]', properties: '{"a":["\\n[redacted:github-token]"],"b":"c"}' },
    });
  });

  it('statuses that a warning tells of', async () => {
    const scene = orchard({ tool_analytics: [failure({ status: github })] });
    const { extractors } = await scene.run();
    expect(JSON.stringify(extractors)).not.toContain(github);
    expect(extractors[0]?.warnings.join()).toContain('[redacted:github-token]');
  });
});

describe('a change of the rules', () => {
  const rows = () => ({
    tool_analytics: [failure({ session_id: github }), failure({ session_id: 's' })],
    system_events: [event(github), event('plain')],
    task_tracking: [task(github)],
  });
  const acme: RedactionSettings = { patterns: [{ name: 'acme-key', pattern: '^s$' }] };

  it('derives anew, says so, and lists the nodes whose ids it has replaced', async () => {
    const scene = orchard(rows());
    await scene.run({ redaction: off });
    const report = await scene.run();
    expect(report.extractors[0]).toMatchObject({
      mode: 'full',
      reason: 'the rules for secrets changed',
      inserted: 1,
      unchanged: 1,
    });
    expect(report.replaced).toEqual({
      nodes: 1,
      ids: ['audit_event:err:[redacted%3Agithub-token]:Bash:timeout'],
      retired: 0,
    });
    expect(idsOf(scene.target)).toContain(`audit_event:err:${github}:Bash:timeout`);
    expect((await verifyJob(scene)).agrees).toBe(true);
    expect((await scene.run()).replaced).toMatchObject({ nodes: 1, retired: 0 });
  });

  it('removes them when asked to, and not those that an edge leads to', async () => {
    const scene = orchard({
      ...rows(),
      tool_analytics: [failure({ session_id: github }), failure({ session_id: other })],
    });
    await scene.run({ redaction: off });
    scene.changeGraph(
      `INSERT INTO kg_edges VALUES ('e', 'SEEN', 'audit_event:err:${other}:Bash:timeout', 'audit_event:sys:1', NULL, '', '')`,
    );
    const report = await scene.run({ retire: true });
    expect(report.replaced).toMatchObject({ nodes: 2, retired: 1 });
    expect(idsOf(scene.target)).not.toContain(`audit_event:err:${github}:Bash:timeout`);
    expect(idsOf(scene.target)).toContain(`audit_event:err:${other}:Bash:timeout`);
    expect((await verifyJob(scene)).agrees).toBe(true);
    scene.changeGraph('DELETE FROM kg_edges');
    expect((await scene.run({ retire: true })).replaced).toMatchObject({ nodes: 1, retired: 1 });
    expect(await scene.run({ retire: true })).not.toHaveProperty('replaced');
    const fresh = orchard({
      ...rows(),
      tool_analytics: [failure({ session_id: github }), failure({ session_id: other })],
    });
    await fresh.run();
    expect(readContent(scene.target)).toEqual(readContent(fresh.target));
  });

  it('and back again gives the nodes that there were, which are then no longer listed', async () => {
    const scene = orchard(rows());
    await scene.run({ redaction: off });
    const before = readContent(scene.target);
    await scene.run();
    await scene.run({ redaction: off });
    expect((await scene.run({ redaction: off, retire: true })).replaced).toMatchObject({ retired: 1 });
    expect(readContent(scene.target)).toEqual(before);
  });

  it('lists no node that is one of ours again', async () => {
    const scene = orchard(rows());
    await scene.run();
    await scene.run({ redaction: off });
    const report = await scene.run();
    expect(report.replaced).toMatchObject({ nodes: 1 });
    expect(idsOf(scene.target)).toContain(`audit_event:err:${github}:Bash:timeout`);
    expect((await scene.run({ retire: true })).replaced).toMatchObject({ nodes: 1, retired: 1 });
    expect(await scene.run()).not.toHaveProperty('replaced');
  });

  it('cleans the reports of earlier runs too', async () => {
    const scene = orchard({ tool_analytics: [failure({ status: github })], system_events: [event('a')] });
    await scene.run({ redaction: off });
    expect(reportsOf(scene.target)).toContain(github);
    await scene.run();
    expect(reportsOf(scene.target)).not.toContain(github);
  });

  it('cleans the log of changes: ids, alone and packed, and what was said before and after', async () => {
    const rows = [1, 2, 3].map((at) => failure({ session_id: `s ${github} ${at}`, tool_name: 'Bash' }));
    const scene = orchard({ tool_analytics: [...rows, failure()], system_events: [event(github)] });
    const edges = { linkers: builtinLinkers };
    await scene.run({ redaction: 'off', edges });
    scene.change('UPDATE task_tracking SET outcome = NULL');
    scene.append('tool_analytics', failure({ session_id: `s ${github} 1`, tool_name: 'Bash' }));
    await scene.run({ redaction: 'off', edges });
    expect(await allOfHistory(scene.target)).toContain(github);
    await scene.run({ edges, retire: true });
    const history = await allOfHistory(scene.target);
    expect(history).not.toContain(github);
    expect(history).toContain('[redacted%3Agithub-token]');
  });

  it('by a pattern of the user is one too', async () => {
    const scene = orchard(rows());
    await scene.run();
    const report = await scene.run({ redaction: acme });
    expect(report.replaced).toMatchObject({ nodes: 1, ids: ['audit_event:err:[redacted%3Aacme-key]:Bash:timeout'] });
    expect(report.redacted).toMatchObject({ 'acme-key': 1 });
  });

  it('does not make a source another one, though rows near the checkpoint had secrets', async () => {
    const scene = orchard({ system_events: [event(github), event(other), event(github)] });
    await scene.run({ redaction: off });
    for (const redaction of [{ patterns: [] }, acme, off]) {
      const report = await scene.run({ redaction });
      expect(report.error).toBeUndefined();
      expect(report.extractors.flatMap(({ warnings }) => warnings).join()).not.toContain('changed after it was read');
    }
    scene.change("UPDATE system_events SET content = content || ' and more'");
    expect((await scene.run({ redaction: off })).error).toMatchObject({ code: 'source-changed' });
  });

  it('is told by verify, which cannot derive what was derived otherwise', async () => {
    const scene = orchard(rows());
    await scene.run();
    const report = await verifyJob({ ...scene, redaction: off });
    expect(report.extractors[0]?.warning).toContain('other settings');
    expect(report.agrees).toBe(true);
  });

  it('leaves alone what an extractor that is left out has recorded', async () => {
    const scene = orchard(rows());
    await scene.run({ redaction: off });
    const [toolErrors] = builtinExtractors;
    if (toolErrors === undefined) throw new Error('no extractor');
    await scene.run({ extractors: [toolErrors] });
    expect(propertiesOf(scene, 'sys:1')).toMatchObject({ content: github });
    await scene.run();
    expect(propertiesOf(scene, 'sys:1')).toMatchObject({ content: '[redacted:github-token]' });
  });
});

it('keeps no secret beside the nodes either', async () => {
  const all = Object.values(SECRETS).flat();
  const scene = orchard({
    tool_analytics: all.map((text) => failure({ session_id: text, agent_name: text })),
    system_events: all.map(event),
    task_tracking: all.map((text) => task(text)),
  });
  await scene.run();
  const db = new Database(scene.target, { readonly: true });
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const everything = JSON.stringify(tables.map((table) => db.prepare(`SELECT * FROM "${table}"`).all()));
  db.close();
  for (const text of all)
    for (const part of text.match(/[A-Za-z0-9]{16,}/g) ?? []) expect(everything).not.toContain(part);
});

/** All that the log of changes tells, with what new records say now. */
async function allOfHistory(target: string): Promise<string> {
  const store = await bootstrap(target);
  try {
    return JSON.stringify((await store.history({ limit: 100_000 })).changes);
  } finally {
    await store.close();
  }
}
