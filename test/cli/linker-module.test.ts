import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentPath } from '../../scripts/generated-docs.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

/** A module with a linker of the type MINE that does this for each event. */
function linkerModule({ folder }: Scene, body: string, parts = ''): string {
  const path = join(folder, 'mine.mjs');
  const head = "name: 'mine', version: 1, summary: 'mine', edgeType: 'MINE'";
  writeFileSync(path, `export default { ${head}, *link(event, context) { ${body} }, ${parts} };`);
  return path;
}

const mineOf = ({ target }: Scene) => readEdges(target).edges.filter((id) => id.startsWith('MINE:'));

describe('--linker', () => {
  it.for(['run', 'link'])('adds the linker of the documentation to the built-in ones: %s', async (command) => {
    const scene = orchardScene();
    const linker = ['--linker', documentPath('docs/examples/on-day.js')];
    if (command === 'run') await runCli(['run', ...scene.paths, '--edges', ...linker]);
    else {
      await runCli(['run', ...scene.paths, '--edges']);
      expect((await runCli(['link', ...scene.paths, ...linker])).code).toBe(0);
    }
    const { edges, entities } = readEdges(scene.target);
    const days = edges.filter((id) => id.startsWith('ON_DAY:'));
    expect(days).toContain(
      'ON_DAY:audit_event%3Aerr%3Aa11ce000-0001-4000-8000-000000000001%3ABash%3Aexit_code_1->day%3A2026-03-05',
    );
    expect(entities).toContain('day:2026-03-05');
    expect(edges.filter((id) => id.startsWith('HAS_EVENT:'))).toHaveLength(11);
  });

  it('links what is linked already once more when it is new or of another version, and not when it is the same', async () => {
    const scene = orchardScene();
    const to = (id: string) =>
      `yield { from: event, to: { id: '${id}', nodeType: 'thing', name: 'Thing', properties: {} } };`;
    await runCli(['run', ...scene.paths, '--edges']);
    const link = async () =>
      JSON.parse((await runCli(['link', ...scene.paths, '--json', '--linker', join(scene.folder, 'mine.mjs')])).stdout);
    linkerModule(scene, to('thing:1'));
    expect(await link()).toMatchObject({ events: 11, edges: { inserted: 11, nodes_inserted: 1 } });
    expect(await link()).toMatchObject({ events: 0, edges: { inserted: 0, nodes_inserted: 0 } });
    linkerModule(scene, to('thing:2'), 'version: 2');
    expect(await link()).toMatchObject({ events: 11, edges: { inserted: 11, nodes_inserted: 1 } });
    expect(mineOf(scene)).toHaveLength(22);
  });

  it('an edge whose end is not there is not made, but counted and named', async () => {
    const scene = orchardScene();
    const linker = linkerModule(
      scene,
      "yield { from: event, to: { id: 'nobody:1' } }; yield { from: event, to: { id: context.trail.id } };",
    );
    const { stdout, code } = await runCli([...scene.paths, '--edges', '--linker', linker, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).edges).toMatchObject({ missing: 11, missing_ends: ['nobody:1'] });
    expect(mineOf(scene)).toHaveLength(11);
    const again = await runCli(['link', ...scene.paths, '--linker', linker, '--trail', 'audit_trail:other']);
    expect(again.stdout).toMatch(/^11 edges not made, as an end is not there: nobody:1/m);
  });

  it.for([
    ['yield 5', 'that is no object'],
    ['yield {}', "whose 'from' is no object"],
    ['yield { from: event }', "whose 'to' is no object"],
    ['yield { from: event, to: { id: 5 } }', "whose 'to' has no id"],
    ["yield { from: { id: '' }, to: event }", "whose 'from' has no id"],
    ["yield { from: event, to: { id: '\\ud800' } }", 'has an id that is no text'],
    ["yield { from: event, to: { id: 'é'.repeat(300) } }", 'has an id of more than 512 bytes'],
    ["yield { from: event, to: { id: 'a', nodeType: 'a', properties: {} } }", 'has no name'],
    ["yield { from: event, to: { id: 'a', nodeType: '', name: 'a', properties: {} } }", 'has a node type'],
    [
      "yield { from: event, to: { id: 'a', nodeType: 'a', name: 'a', properties: '{}' } }",
      'properties that are no object',
    ],
    [
      "yield { from: event, to: { id: 'a', nodeType: 'a', name: 'a', properties: { f() {} } } }",
      'JSON has no function',
    ],
    [
      "yield { from: event, to: { id: 'a', nodeType: 'audit_event', name: 'a', properties: {} } }",
      'would make an event',
    ],
    ['yield { from: event, to: event, properties: [1] }', 'whose properties are no object'],
    ["throw new Error('boom')", 'failed: boom'],
    ["throw 'boom'", 'failed: boom'],
    ['return event.properties.missing.length', 'failed: Cannot read properties of undefined'],
  ] as const)('%s is told as its own failure, and nothing is written', async ([body, says]) => {
    const scene = orchardScene();
    const { code, stderr } = await runCli([...scene.paths, '--edges', '--linker', linkerModule(scene, body)]);
    expect(code).toBe(1);
    for (const line of linesOf('error', stderr)) expect(line).toMatch(/^linker mine /);
    expect(linesOf('error', stderr)[0]).toContain(says);
    expect(readEdges(scene.target)).toEqual({ edges: [], entities: [] });
  });

  it('one that fails ends link in the same way, and leaves the graph as it was', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths]);
    const linker = linkerModule(scene, "throw new Error('boom')");
    const failure = { code: 1, error: 'linker-failed', says: 'linker mine failed: boom' };
    await expectFailure(['link', ...scene.paths, '--linker', linker], failure);
    expect(readEdges(scene.target).edges).toEqual([]);
    expect(JSON.parse((await runCli(['link', ...scene.paths, '--json'])).stdout)).toMatchObject({ events: 11 });
  });

  it.for([
    ["version: '1'", 'version'],
    ["name: 'Not a name'", 'name'],
    ["name: 'by-tool'", 'another linker has already'],
    ["edgeType: 'on-day'", 'edgeType: must be like BY_TOOL'],
    ['link: 5', 'link: must be a function'],
  ])('a linker with %s is refused', async ([parts = '', says = '']) => {
    const scene = orchardScene();
    const linker = linkerModule(scene, '', parts);
    await expectFailure([...scene.paths, '--edges', '--linker', linker], { code: 2, error: 'linker-invalid', says });
    expect(existsSync(scene.target)).toBe(false);
  });

  it.for([
    ['missing.mjs', undefined, 'missing.mjs'],
    ['empty.mjs', '', 'has no default export'],
    ['throwing.mjs', "throw new Error('not today')", 'not today'],
    ['broken.mjs', 'export default {', 'broken.mjs'],
  ] as const)('a module like %s is refused', async ([name, text, says]) => {
    const scene = orchardScene();
    if (text !== undefined) writeFileSync(join(scene.folder, name), text);
    const linker = join(scene.folder, name);
    await expectFailure([...scene.paths, '--edges', '--linker', linker], { code: 2, error: 'linker-invalid', says });
    expect(existsSync(scene.target)).toBe(false);
  });
});
