import { expect, test } from 'vitest';
import { UNTYPED_COLUMNS, usualTables } from '../../fixtures/sessions-db.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { readAll } from '../support/graph-rows.ts';
import { expectHarmless, hostileScene } from '../support/hostile-scene.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';
import { type Scene, tablesScene } from '../support/scene.ts';

const MEGABYTE = 1_000_000;

/** Names out of what ids are joined and escaped with, and names that no id has room for. */
const NAMES = [
  '->',
  'a->b',
  'a',
  'b',
  'a:b',
  'a%3Ab',
  'a%253Ab',
  'a->tool:b',
  'a->tool%3Ab',
  '%',
  '%25',
  ':',
  ' ',
  'a ',
  'A',
  'a\0b',
  'a\nb',
  '\u001b[31ma',
  'unknown',
  'x'.repeat(MEGABYTE),
  `${'x'.repeat(MEGABYTE)}y`,
  ':'.repeat(1000),
  '😀'.repeat(200),
];

/** Every name in every place, and empty ones and ones that are no text beside it. */
const namesScene = (): Scene =>
  tablesScene(
    usualTables(
      {
        tool_analytics: [...NAMES, '', null, 5, Buffer.from('a\xff', 'latin1')].flatMap((name) =>
          [
            { session_id: name },
            { tool_name: name },
            { error_type: name },
            { agent_name: name },
            { task_id: name },
          ].map((rest) => ({ session_id: 's', tool_name: 't', status: 'error', error_type: 'e', ...rest })),
        ),
        task_tracking: [...NAMES, '', null].map((task_id) => ({ task_id, outcome: 'success' })),
      },
      UNTYPED_COLUMNS,
    ),
  );

/** Every edge of ours ends where its id says, and no entity has a name that is not one short line. */
function expectSoundGraph(target: string): void {
  expect(readAll(target, "SELECT id FROM kg_nodes WHERE octet_length(id) > 512 OR id = ''")).toEqual([]);
  const escaped = (column: string) => `replace(replace(${column}, '%', '%25'), ':', '%3A')`;
  const unlike = `id <> edge_type || ':' || ${escaped('from_node')} || '->' || ${escaped('to_node')}`;
  const withoutNul = 'instr(from_node, char(0)) = 0 AND instr(to_node, char(0)) = 0';
  expect(readAll(target, `SELECT id FROM kg_edges WHERE ${withoutNul} AND ${unlike}`)).toEqual([]);
  const names = readAll(target, "SELECT name FROM kg_nodes WHERE node_type <> 'audit_event'");
  for (const { name } of names as readonly { readonly name: string }[]) {
    expect(name).not.toMatch(/\p{Cc}|^\p{White_Space}|\p{White_Space}$/u);
    expect([...name].length).toBeLessThanOrEqual(80);
    expect(name).not.toBe('');
  }
}

test.for([
  ['names made of separators, of a megabyte, empty, and no texts', namesScene],
  ['texts that do harm where they are shown', hostileScene],
] as const)('%s give the edges that the contract says, with nodes or after them', async ([, build]) => {
  const [scene, later] = [build(), build()];
  const dry = await runCli(['run', ...scene.paths, '--edges', '--dry-run']);
  const run = await runCli(['run', ...scene.paths, '--edges']);
  await runCli([...later.paths, '-q']);
  const link = await runCli(['link', ...later.paths]);
  for (const [where, { code, stdout, stderr }] of Object.entries({ dry, run, link })) {
    expect([where, code, stderr]).toEqual([where, 0, '']);
    expectHarmless(stdout, where);
  }
  const expected = expectedEdges(scene.source, ['error']);
  expect(new Set(expected.edges).size).toBe(expected.edges.length);
  for (const { target } of [scene, later]) {
    expect(readEdges(target)).toEqual(expected);
    expectSoundGraph(target);
  }
  const again = await runCli(['run', ...scene.paths, '--edges', '--full', '--json']);
  expect(JSON.parse(again.stdout).edges).toMatchObject({ inserted: 0, nodes_inserted: 0, missing: 0 });
  expectHarmless(again.stdout, 'json');
});
