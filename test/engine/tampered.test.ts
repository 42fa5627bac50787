import { describe, expect, it } from 'vitest';
import { event, failure, failures, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';
import { verifyJob } from '../support/verify-job.ts';

const NODE = 'err:s:Bash:timeout';
const seals = (target: string) => readEverything(target)['audit_seals'] ?? [];

describe('what is kept beside a node, changed by somebody else', () => {
  const scene = async () => {
    const made = orchard({ tool_analytics: [...failures(20), failure({ session_id: 'other' })] });
    await made.run();
    return made;
  };

  it.for([
    ["state = '[1' || substr(state, 4)", 'a count'],
    ["state = 'garbage'", 'no state at all'],
    ['drafts = 3', 'how many rows it is of'],
  ] as const)('by %s is named by verify', async ([change]) => {
    const { target, source, ...tampered } = await scene();
    tampered.changeGraph(`UPDATE audit_entries SET ${change} WHERE key = '${NODE}'`);
    const report = await verifyJob({ source, target });
    expect(report.findings).toEqual([expect.objectContaining({ kind: 'altered', id: `audit_event:${NODE}` })]);
  });

  it('is named also where the source has dropped the rows', async () => {
    const { target, source, ...tampered } = await scene();
    tampered.change('DELETE FROM tool_analytics WHERE id <= 5');
    tampered.changeGraph(`UPDATE audit_entries SET state = '[1' || substr(state, 4) WHERE key = '${NODE}'`);
    const report = await verifyJob({ source, target });
    expect(report.findings).toEqual([expect.objectContaining({ kind: 'altered', id: `audit_event:${NODE}` })]);
  });

  it.for(["'[1' || substr(state, 4)", "'garbage'"])('into %s is not folded into: nothing is lowered', async (state) => {
    const tampered = await scene();
    tampered.changeGraph(`UPDATE audit_entries SET state = ${state} WHERE key = '${NODE}'`);
    tampered.append('tool_analytics', failure());
    const report = await tampered.run();
    expect(report.extractors[0]?.error).toMatchObject({ code: 'record-altered' });
    expect(propertiesOf(tampered, NODE)).toMatchObject({ error_count: 20 });
    expect((await tampered.run({ full: true })).error).toBeUndefined();
    expect(propertiesOf(tampered, NODE)).toMatchObject({ error_count: 21 });
  });

  it('so is a node that was made other bytes of', async () => {
    const { target, source, ...tampered } = await scene();
    tampered.changeGraph('UPDATE kg_nodes SET properties = CAST(properties AS BLOB)');
    expect((await verifyJob({ source, target })).totals).toMatchObject({ altered: 2 });
    expect((await tampered.run({ full: true })).totals).toMatchObject({ updated: 2 });
    expect((await verifyJob({ source, target })).agrees).toBe(true);
  });
});

describe('a run after somebody wrote past the program', () => {
  it.for([
    ['DELETE FROM audit_seals', 'there was no seal, though there were records'],
    ['DELETE FROM audit_seals WHERE number = (SELECT max(number) FROM audit_seals)', 'left them'],
    ['UPDATE audit_checkpoints SET landmarks = \'{"columns":[],"rows":[]}\'', 'the checkpoints were not as seal'],
    ["UPDATE audit_checkpoints SET folded_to = 1 WHERE extractor = 'tool-errors'", 'the checkpoints were not as seal'],
    [`DELETE FROM audit_entries WHERE key = 'err:a1:Bash:timeout'`, 'the records were not those that were sealed'],
    [
      `UPDATE audit_entries SET leaf = 'x' WHERE key = 'err:a1:Bash:timeout'`,
      'the records were not those that were sealed',
    ],
  ] as const)('%s: says so, and the chain says so for good', async ([change, says]) => {
    const scene = orchard({ tool_analytics: failures(9, (i) => ({ session_id: `a${i}` })) });
    await scene.run({ batchSize: 2 });
    scene.changeGraph(change);
    scene.append('tool_analytics', failure({ session_id: 'a2' }));
    const report = await scene.run();
    expect(report.warnings).toEqual([expect.stringContaining(says)]);
    scene.append('tool_analytics', failure({ session_id: 'a3' }));
    expect(await scene.run()).not.toHaveProperty('warnings');
    const verified = await verifyJob({ ...scene, nodes: 'none' });
    expect(verified.seals?.broken).toContain(says);
    const head = verified.seals?.head ?? '';
    expect((await verifyJob({ ...scene, nodes: 'none', expected: head })).seals).not.toHaveProperty('broken');
  });

  it('says nothing where others wrote what is theirs', async () => {
    const scene = orchard({ tool_analytics: failures(3) });
    await scene.run();
    scene.changeGraph(
      `INSERT INTO kg_nodes(id, node_type, name, properties, created_at, updated_at) VALUES ('x', 'note', 'x', '{}', '', '')`,
    );
    scene.append('tool_analytics', failure());
    expect(await scene.run()).not.toHaveProperty('warnings');
    expect((await verifyJob(scene)).agrees).toBe(true);
    expect(seals(scene.target).length).toBeGreaterThan(1);
  });
});

describe('a checkpoint that somebody has removed', () => {
  it.for(['tool-errors', 'session-boundaries', 'task-completions'])(
    'of %s: everything is derived anew, and no row counts twice',
    async (name) => {
      const scene = orchard({ tool_analytics: failures(9), system_events: [event('a')], task_tracking: [task('A.1')] });
      await scene.run();
      const before = readContent(scene.target);
      scene.changeGraph(`DELETE FROM audit_checkpoints WHERE extractor = '${name}'`);
      const report = await scene.run();
      expect(report.error).toBeUndefined();
      expect(partOf(report, name)).toMatchObject({ mode: 'full', inserted: 0, updated: 0 });
      expect(readContent(scene.target)).toEqual(before);
      scene.append('tool_analytics', failure());
      await scene.run();
      expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 10 });
    },
  );

  it('is refused where the source has dropped rows meanwhile', async () => {
    const scene = orchard({ tool_analytics: failures(9), system_events: [event('a'), event('b')] });
    await scene.run();
    scene.changeGraph('DELETE FROM audit_checkpoints');
    scene.change('DELETE FROM tool_analytics WHERE id <= 5');
    expect((await scene.run()).error).toMatchObject({ code: 'source-forgot' });
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 9 });
  });
});

it.for([
  "audit_entries(key, drafts, leaf, run, changed) VALUES (x'ff00', 1, '', 1, 1)",
  "audit_chunks VALUES (x'ff00', '', 1)",
  "audit_replaced VALUES (x'ff00')",
])('keys that are no texts, as in %s, stop nobody', { timeout: 20_000 }, async (values) => {
  const scene = orchard({ tool_analytics: failures(9) });
  await scene.run();
  scene.changeGraph(`INSERT INTO ${values}`);
  await verifyJob(scene);
  scene.append('tool_analytics', failure());
  expect((await scene.run({ retire: true })).error).toBeUndefined();
  expect((await scene.run({ full: true })).error).toBeUndefined();
  expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 10 });
});

describe('what somebody has made unreadable', () => {
  const scene = async () => {
    const made = orchard({ tool_analytics: failures(9) });
    await made.run();
    return made;
  };

  it.for(["'nope'", "'null'", "'[]'", "x'ff'"])(
    'the last seal, made %s: said by the next run, and by verify for good',
    async (content) => {
      const made = await scene();
      made.changeGraph(
        `UPDATE audit_seals SET content = ${content} WHERE number = (SELECT max(number) FROM audit_seals)`,
      );
      expect((await verifyJob({ ...made, nodes: 'none' })).seals?.broken).toContain('was changed');
      made.append('tool_analytics', failure());
      const report = await made.run();
      expect(report.error).toBeUndefined();
      expect(report.warnings?.join()).toContain('could not be read');
      expect((await verifyJob({ ...made, nodes: 'none' })).agrees).toBe(false);
    },
  );

  it.for(['landmarks', 'counts', 'unfinished', 'earlier'])(
    'the %s of a checkpoint: refused, with a way out',
    async (column) => {
      const made = await scene();
      made.changeGraph(`UPDATE audit_checkpoints SET ${column} = 'zz'`);
      const refused = { code: 'record-altered', hint: expect.stringContaining('remove its row') };
      expect((await made.run()).error).toMatchObject(refused);
      await expect(verifyJob(made)).rejects.toMatchObject(refused);
      made.changeGraph('DELETE FROM audit_checkpoints');
      expect((await made.run()).error).toBeUndefined();
      expect(propertiesOf(made, NODE)).toMatchObject({ error_count: 9 });
    },
  );

  it('a record under a key without a prefix, and a seal before the first: named', { timeout: 20_000 }, async () => {
    const made = await scene();
    made.changeGraph("INSERT INTO audit_entries(key, drafts, leaf, run, changed) VALUES ('zzz', 1, 'x', 1, 1)");
    expect((await verifyJob(made)).seals?.broken).toContain('are recorded');
    made.changeGraph("DELETE FROM audit_entries WHERE key = 'zzz'");
    made.changeGraph("INSERT INTO audit_seals VALUES (0, '', '{}', 'x')");
    expect((await verifyJob(made)).seals?.broken).toBe('seal 0 is none of the chain');
  });
});
