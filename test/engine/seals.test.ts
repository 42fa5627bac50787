import { describe, expect, it } from 'vitest';
import { readHead } from '../../src/jobs/verify.ts';
import { event, failures, orchard, task } from '../support/growing-orchard.ts';
import { readEverything } from '../support/read-audit.ts';
import { verifyJob } from '../support/verify-job.ts';

/** A graph that was written in many batches. */
async function sealed() {
  const scene = orchard({
    tool_analytics: failures(12, (i) => ({ error_type: `type ${i}` })),
    system_events: [event('one'), event('two')],
    task_tracking: [task('A')],
  });
  await scene.run({ batchSize: 2 });
  const seals = (readEverything(scene.target)['audit_seals'] ?? []).length;
  const check = async (expected?: string) => (await verifyJob({ ...scene, nodes: 'none', expected })).seals?.broken;
  return { ...scene, seals, check };
}

describe('the chain of seals', () => {
  it('has a link for each write, and holds', async () => {
    const scene = await sealed();
    expect(scene.seals).toBeGreaterThan(8);
    expect(await scene.check()).toBeUndefined();
    expect(await readHead(scene.target)).toMatch(new RegExp(`^${scene.seals}:[0-9a-f]{64}$`));
    expect(await scene.check(await readHead(scene.target))).toBeUndefined();
  });

  it('grows by no link in a run with nothing new', async () => {
    const scene = await sealed();
    const head = await readHead(scene.target);
    await scene.run();
    expect(await readHead(scene.target)).toBe(head);
  });

  it('shows that two links in a row are missing', async () => {
    const scene = await sealed();
    scene.changeGraph('DELETE FROM audit_seals WHERE number IN (4, 5)');
    expect(await scene.check()).toBe('seals 4 to 5 are missing');
  });

  it('shows that the first link is missing', async () => {
    const scene = await sealed();
    scene.changeGraph('DELETE FROM audit_seals WHERE number = 1');
    expect(await scene.check()).toBe('seal 1 is missing');
  });

  it('shows that the last link was cut off', async () => {
    const scene = await sealed();
    scene.changeGraph(`DELETE FROM audit_seals WHERE number = ${scene.seals}`);
    expect(await scene.check()).toMatch(
      new RegExp(`^seal ${scene.seals - 1} is the last one, and the .* changed since$`),
    );
    scene.changeGraph(`DELETE FROM audit_seals WHERE number > 3`);
    expect(await scene.check()).toMatch(/^seal 3 is the last one, of \d+ nodes, but \d+ are recorded$/);
  });

  it('shows that all of it is gone', async () => {
    const scene = await sealed();
    scene.changeGraph('DELETE FROM audit_seals');
    expect(await scene.check()).toBe('there is no seal, though there are records');
  });

  it('shows that two links were swapped', async () => {
    const scene = await sealed();
    for (const [from, to] of [
      [3, -3],
      [6, 3],
      [-3, 6],
    ]) {
      scene.changeGraph(`UPDATE audit_seals SET number = ${to} WHERE number = ${from}`);
    }
    expect(await scene.check()).toBe('seal 3 was changed');
  });

  it.each(['content', 'previous', 'seal'])('shows that the %s of a link was changed', async (column) => {
    const scene = await sealed();
    scene.changeGraph(`UPDATE audit_seals SET ${column} = replace(${column}, '1', '2') WHERE number = 5`);
    expect(await scene.check()).toBe('seal 5 was changed');
  });

  it('shows that a link was replaced by one that is right in itself', async () => {
    const [scene, other] = [await sealed(), await sealed()];
    other.changeGraph("UPDATE kg_nodes SET name = 'x'");
    await other.run({ full: true });
    const links = readEverything(other.target)['audit_seals'] ?? [];
    const { seal, content, previous } = Object(links.at(-1));
    scene.changeGraph(`UPDATE audit_seals SET seal = '${seal}', content = '${content}', previous = '${previous}'
      WHERE number = 5`);
    expect(await scene.check()).toMatch(/^seal 5 /);
  });

  it('shows that records were changed behind its back, and checkpoints', async () => {
    const scene = await sealed();
    scene.changeGraph("UPDATE audit_entries SET leaf = '' WHERE key LIKE 'sys:%'");
    expect(await scene.check()).toContain('the records have changed since');
    const another = await sealed();
    another.changeGraph("UPDATE audit_chunks SET digest = ''");
    expect(await another.check()).toContain('the records have changed since');
    const third = await sealed();
    third.changeGraph('UPDATE audit_checkpoints SET folded_to = 1');
    expect(await third.check()).toContain('the checkpoints have changed since');
  });

  it('shows, against a head kept elsewhere, that it was made anew from the start', async () => {
    const [scene, other] = [await sealed(), await sealed()];
    const head = await readHead(other.target);
    other.append('system_events', event('three'));
    await other.run();
    expect(await other.check(head)).toBeUndefined();
    const number = Number(head?.split(':')[0]);
    expect(await scene.check(`${number}:${'0'.repeat(64)}`)).toContain('is another one than was kept elsewhere');
    expect(await scene.check(`${number + 5}:${'0'.repeat(64)}`)).toBe(
      `seal ${number + 5} is missing, which was kept elsewhere`,
    );
  });

  it('goes on when entries are forgotten', async () => {
    const scene = await sealed();
    scene.change('DELETE FROM tool_analytics WHERE id > 6');
    await scene.run({ acceptSource: true, full: true });
    expect(await verifyJob({ ...scene, settings: { errorStatuses: ['error'] } })).toMatchObject({ agrees: true });
  });
});
