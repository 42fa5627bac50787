import { describe, expect, it } from 'vitest';
import { UNTYPED_COLUMNS } from '../../fixtures/sessions-db.ts';
import { exitCodeOf } from '../../src/engine/run.ts';
import { failure, failures, type Orchard, orchard, partOf, propertiesOf } from '../support/growing-orchard.ts';

const NODE = 'err:s:Bash:timeout';

/** Makes the table again with the same rows, in another form. */
function remake(scene: Orchard, options: '' | 'WITHOUT ROWID'): void {
  scene.change('ALTER TABLE tool_analytics RENAME TO before');
  scene.change(`CREATE TABLE tool_analytics(${UNTYPED_COLUMNS.tool_analytics}) ${options}`);
  scene.change('INSERT INTO tool_analytics SELECT * FROM before');
  scene.change('DROP TABLE before');
}

describe('a table of which the form changes', () => {
  it.each(['tables', 'views'])(
    'counts no row twice when it has row ids, then none, then row ids again: %s',
    async (kind) => {
      const scene = orchard({ tool_analytics: failures(3) }, 'reused');
      await scene.run();
      if (kind === 'tables') remake(scene, 'WITHOUT ROWID');
      else {
        scene.change('ALTER TABLE tool_analytics RENAME TO calls');
        scene.change('CREATE VIEW tool_analytics AS SELECT * FROM calls');
      }
      scene.append(kind === 'tables' ? 'tool_analytics' : 'calls', { id: 4, ...failure() });
      expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ mode: 'full', read: 4, updated: 1 });
      if (kind === 'tables') remake(scene, '');
      else {
        scene.change('DROP VIEW tool_analytics');
        scene.change('ALTER TABLE calls RENAME TO tool_analytics');
      }
      expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ status: 'ok', updated: 0 });
      expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 4 });
    },
  );

  it('and with --accept-source of one that was emptied, counts no row twice when it comes back', async () => {
    const scene = orchard({ tool_analytics: failures(3) });
    await scene.run();
    scene.change('CREATE TABLE backup AS SELECT * FROM tool_analytics');
    scene.change('DELETE FROM tool_analytics');
    await scene.run({ acceptSource: true });
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 3 });
    scene.change('INSERT INTO tool_analytics SELECT * FROM backup');
    await scene.run();
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 3 });
  });
});

it('a source that was accepted as it is, is the one that later runs know', async () => {
  const scene = orchard({ tool_analytics: failures(40) });
  await scene.run();
  scene.change('DELETE FROM tool_analytics WHERE id <= 10');
  expect(exitCodeOf(await scene.run({ full: true, acceptSource: true }))).toBe(0);
  expect(exitCodeOf(await scene.run({ full: true }))).toBe(0);
  expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ pruned: false });
  expect(exitCodeOf(await scene.run({ settings: { errorStatuses: ['error', 'failed'] } }))).toBe(0);
});
