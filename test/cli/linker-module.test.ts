import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentPath } from '../../scripts/generated-docs.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { expectFailure, expectPlainMessages } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { readAll } from '../support/graph-rows.ts';
import { A_DAY, type LinkerModule, linkerModule } from '../support/linker-module.ts';
import { readEverything } from '../support/read-audit.ts';
import { readEdges } from '../support/read-edges.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { agentsScene, orchardScene } from '../support/scene.ts';
import { writeConfig } from '../support/settings.ts';

const USUAL = `export default { name: 'mine', version: 1, summary: 'a test', edgeType: 'BESIDE', *link() {} };`;

describe('a linker from outside', () => {
  test('makes its edges and the nodes they lead to beside the built-in ones', async () => {
    const { paths, folder, target } = orchardScene();
    const mine = linkerModule(folder, { body: `yield { from: event, to: ${A_DAY}, properties: { why: 'test' } };` });
    const { stdout, code } = await runCli(['run', ...paths, '--edges', ...mine, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).edges).toMatchObject({ inserted: 32 + 11, nodes_inserted: 14, missing: 0 });
    expect(
      readAll(target, "SELECT DISTINCT edge_type, to_node, properties FROM kg_edges WHERE to_node = 'day:1'"),
    ).toEqual([{ edge_type: 'BESIDE', to_node: 'day:1', properties: '{"why":"test"}' }]);
    expect(readNodes(target).find(({ id }) => id === 'day:1')).toMatchObject({
      node_type: 'day',
      name: 'A day',
      properties: '{"day":1}',
    });
  });

  test.each(['run', 'link'])('of the documentation does what it says there (%s)', async (command) => {
    const { paths, target } = orchardScene();
    const linker = ['--linker', documentPath('docs/examples/on-day.js')];
    await runCli(['run', ...paths, '--edges', '-q', ...(command === 'run' ? linker : [])]);
    if (command === 'link') expect((await runCli(['link', ...paths, ...linker])).code).toBe(0);
    expect(readEdges(target).edges).toContain(
      'ON_DAY:audit_event%3Aerr%3Aa11ce000-0001-4000-8000-000000000001%3ABash%3Aexit_code_1->day%3A2026-03-05',
    );
    expect(readEdges(target).entities).toContain('day:2026-03-05');
  });

  test('of another version links what was linked by the one before, and of the same version does not', async () => {
    const { paths, folder, target } = orchardScene();
    const link = async (version: number, day: number) => {
      const body = `yield { from: event, to: { id: 'day:${day}', nodeType: 'day', name: 'A day', properties: {} } };`;
      const mine = linkerModule(folder, { version, body });
      return JSON.parse((await runCli(['link', '-t', target, '--json', ...mine])).stdout);
    };
    await runCli(['run', ...paths, '--edges', '-q']);
    expect(await link(1, 1)).toMatchObject({ events: 11, edges: { inserted: 11, nodes_inserted: 1 } });
    expect(await link(1, 2)).toMatchObject({ events: 0, edges: { inserted: 0 } });
    expect(await link(2, 2)).toMatchObject({ events: 11, edges: { inserted: 11, nodes_inserted: 1 } });
  });

  test('makes no edge whose end is not there: it is counted, and the end named', async () => {
    const { paths, folder, target } = orchardScene();
    const mine = linkerModule(folder, { body: "yield { from: event, to: { id: 'nobody:1' } };" });
    const { stdout, code } = await runCli(['run', ...paths, '--edges', '--json', ...mine]);
    expect([code, JSON.parse(stdout).edges]).toMatchObject([
      0,
      { inserted: 32, missing: 11, missing_ends: ['nobody:1'] },
    ]);
    const again = await runCli(['link', '-t', target, '--trail', 'other', ...mine]);
    expect(again.stdout).toMatch(/^11 edges not made, as an end is not there: nobody:1/m);
  });

  test('can be a package, and be named in the config file beside the edges that are wanted', async () => {
    const { paths, folder, target } = orchardScene();
    mkdirSync(join(folder, 'node_modules/audit-days'), { recursive: true });
    writeFileSync(
      join(folder, 'node_modules/audit-days/index.js'),
      USUAL.replace('*link()', `*link(from) { yield { from, to: ${A_DAY} }; }, *other()`),
    );
    writeFileSync(join(folder, 'node_modules/audit-days/package.json'), '{"name":"audit-days","type":"module"}');
    const config = writeConfig(join(folder, 'config.json'), { edges: true, linker: ['audit-days'] });
    expect(await runCli(['run', ...paths, '--config', config, '-q'])).toMatchObject({ code: 0, stderr: '' });
    expect(readEdges(target).entities).toContain('day:1');
  });

  test('may share its edge type with another, and an edge that both make is one', async () => {
    const { paths, folder, target } = orchardScene();
    const body = `yield { from: event, to: ${A_DAY} };`;
    const both = ['mine', 'yours'].flatMap((name) => linkerModule(folder, { name, body }));
    await runCli(['run', ...paths, '--edges', ...both]);
    expect(readEdges(target).edges.filter((id) => id.startsWith('BESIDE:'))).toHaveLength(11);
  });

  test('may give a name of many lines, half a character and no edge at all', async () => {
    const { paths, folder, target } = orchardScene();
    const end = String.raw`{ id: 'day:\ud800', nodeType: 'day', name: ' a\n\u001b[31mlong name ' + 'x'.repeat(200), properties: {} }`;
    const mine = linkerModule(folder, {
      body: `if (event.id === 'audit_event:sys:1') yield { from: event, to: ${end} };`,
    });
    expect(await runCli(['run', ...paths, '--edges', '-q', ...mine])).toMatchObject({ code: 0, stderr: '' });
    const [day] = readNodes(target).filter(({ node_type }) => node_type === 'day');
    expect(day).toMatchObject({ id: 'day:\ufffd', name: `a [31mlong name ${'x'.repeat(61)}...` });
  });
});

test('a linker that changes what it is given changes nothing for the others', async () => {
  const { paths, folder, source, target } = agentsScene();
  const body = `try { event.properties.agents.length = 0; } catch {}
    try { event.properties = {}; } catch {}
    try { event.id = 'stolen'; } catch {}
    try { context.trail.id = 'audit_trail:stolen'; } catch {}
    try { context.now = 'never'; } catch {}`;
  const mine = linkerModule(folder, { body });
  expect(await runCli(['run', ...paths, '--edges', '-q', ...mine])).toMatchObject({ code: 0, stderr: '' });
  expect(readEdges(target)).toEqual(expectedEdges(source, ['error']));
  expect(readAll(target, "SELECT id FROM kg_edges WHERE created_at = 'never' OR properties LIKE '%never%'")).toEqual(
    [],
  );
});

const refusals: readonly (readonly [what: string, text: string | undefined, says: RegExp])[] = [
  ['is not there', undefined, /could not be loaded/],
  ['does not parse', 'export default {', /could not be loaded/],
  ['throws when it is loaded', 'throw new Error("boom")', /could not be loaded: boom/],
  ['throws what is no error', 'throw null', /could not be loaded/],
  ['exports nothing by default', 'export const linker = {}', /has no default export/],
  ['exports null', 'export default null', /is no linker: default export/],
  ['exports a function', 'export default () => []', /is no linker/],
  [
    'exports a promise of a linker',
    USUAL.replace('default', 'default Promise.resolve(').replace(/;$/, ');'),
    /is no linker/,
  ],
  ['has no name', USUAL.replace("name: 'mine',", ''), /is no linker: name/],
  ['has a name with blanks', USUAL.replace("'mine'", "'my own'"), /is no linker: name: must be like/],
  ['has no version', USUAL.replace('version: 1,', ''), /is no linker: version/],
  ['has half a version', USUAL.replace('version: 1', 'version: 1.5'), /is no linker: version/],
  ['has no edge type', USUAL.replace("edgeType: 'BESIDE',", ''), /is no linker: edgeType/],
  ['has an edge type with a colon', USUAL.replace('BESIDE', 'BE:SIDE'), /is no linker: edgeType: must be like/],
  ['has no function', USUAL.replace('*link() {}', 'link: []'), /is no linker: link/],
  ['takes the name of a built-in one', USUAL.replace('mine', 'by-tool'), /has the name 'by-tool'/],
];

describe.for(['run', 'link'])('%s refuses a module that', (command) => {
  test.for(command === 'run' ? refusals : refusals.slice(0, 1))('%s', async ([, text, says]) => {
    const { paths, folder, target, source } = orchardScene();
    const path = join(folder, 'mine.mjs');
    if (text !== undefined) writeFileSync(path, text);
    if (command === 'link') await runCli(['-s', source, '-t', target, '-q']);
    const before = existsSync(target) ? readEverything(target) : undefined;
    const args = command === 'run' ? ['run', ...paths, '--edges'] : ['link', '-t', target];
    await expectFailure([...args, '--linker', path], {
      code: 2,
      error: 'linker-invalid',
      says: new RegExp(`^linker .*mine\\.mjs .*${says.source}`),
      hint: /docs\/graph\.md/,
    });
    expect(existsSync(target) ? readEverything(target) : undefined).toEqual(before);
  });

  test('has the name of another one', async () => {
    const { paths, folder, target } = orchardScene();
    const both = [1, 2].flatMap((version) => linkerModule(folder, { version }));
    await runCli([...paths, '-q']);
    const args = command === 'run' ? ['run', ...paths, '--edges'] : ['link', '-t', target];
    const says = /mine-2\.mjs has the name 'mine', which another linker has already/;
    await expectFailure([...args, ...both], { code: 2, error: 'linker-invalid', says });
  });
});

const to = (end: string): LinkerModule => ({ body: `yield { from: event, to: ${end} };` });
const day = (member: string): LinkerModule =>
  to(`{ id: 'day:1', nodeType: 'day', name: 'A day', properties: {}, ${member} }`);

const failures: readonly (readonly [what: string, module: LinkerModule, says: RegExp])[] = [
  ['throws', { body: 'throw new Error("boom");' }, /boom$/],
  ['throws what is no error', { body: 'throw { toString: () => "thrown" };' }, /thrown$/],
  ['throws in the middle', { body: `yield { from: event, to: ${A_DAY} }; throw new Error("late");` }, /late$/],
  ['throws at a later event', { body: `if (event.id.endsWith(':task:2')) throw new Error("late");` }, /late$/],
  ['throws a fake line', { body: String.raw`throw new Error("a\nerror: b\u001b[31m");` }, /a\\u\{a\}error: b\\u\{1b\}/],
  ['gives nothing', { link: 'link() {}' }, /what link gives is no list/],
  ['gives a text', { link: 'link() { return "abc"; }' }, /what link gives is no list/],
  ['gives a promise', { link: `async link(event) { return [{ from: event, to: ${A_DAY} }]; }` }, /no list.*not async/],
  [
    'gives its edges one by one later',
    { link: `async *link(event) { yield { from: event, to: ${A_DAY} }; }` },
    /not async/,
  ],
  ['yields nothing', { body: 'yield undefined;' }, /what it yields is no edge/],
  ['yields a text', { body: 'yield "edge";' }, /what it yields is no edge/],
  ['names no end', { body: 'yield { from: event };' }, /the to of an edge is no node/],
  ['names no beginning', { body: `yield { to: ${A_DAY} };` }, /the from of an edge is no node/],
  ['gives an id in place of a node', to("'day:1'"), /the to of an edge is no node/],
  ['gives a node without id', to("{ nodeType: 'day' }"), /the to of an edge has no id/],
  ['gives a number as id', to('{ id: 5 }'), /the to of an edge has no id that is a text/],
  ['gives an empty id', day("id: ''"), /the to of an edge has no id/],
  ['makes an id that is too long', day(`id: 'day:' + 'é'.repeat(255)`), /an id that is too long; entityNode/],
  ['makes a node of no type', day("nodeType: ''"), /a nodeType that is no text/],
  ['makes an event', day("nodeType: 'audit_event'"), /is made as an event/],
  ['makes a node without a name', day('name: undefined'), /no name that is a text/],
  ['gives a node a text as properties', day(`properties: '{}'`), /properties that are no object/],
  ['gives a node a list as properties', day('properties: []'), /properties that are no object/],
  ['gives a node what JSON has not', day('properties: { f() {} }'), /JSON has no function/],
  [
    'gives an edge a text',
    { body: `yield { from: event, to: ${A_DAY}, properties: 'text' };` },
    /properties of an edge are no object/,
  ],
  [
    'gives an edge a list',
    { body: `yield { from: event, to: ${A_DAY}, properties: [1] };` },
    /properties of an edge are no object/,
  ],
  [
    'gives an edge what JSON has not',
    { body: `yield { from: event, to: ${A_DAY}, properties: { n: NaN } };` },
    /JSON has no NaN/,
  ],
];

describe.for(['run', 'link'])('%s ends with exit code 1, and nothing is half written, where a linker', (command) => {
  test.for(command === 'run' ? failures : failures.slice(0, 4))('%s', async ([, module, says]) => {
    const flags = command === 'run' ? ['--only', 'tool-errors'] : [];
    const { paths, folder, target } = await extracted(orchardScene(), ...flags);
    const mine = linkerModule(folder, module);
    const before = readNodes(target);
    const args = command === 'run' ? ['run', ...paths, '--full', '--edges'] : ['link', '-t', target];
    const results = [await runCli([...args, ...mine]), await runCli([...args, ...mine, '--json'])];
    for (const { code, stderr } of results) {
      expectPlainMessages({ stderr });
      expect(code).toBe(1);
      const [error, ...more] = stderr.split('\n').filter((line) => line.startsWith('error: '));
      expect(error).toMatch(new RegExp(`^error: linker mine failed: .*${says.source}`));
      expect(more).toEqual([]);
    }
    expect(JSON.parse(results[1]?.stdout ?? '').error.code).toBe('linker-failed');
    // What is in is whole: each event with all edges of the linkers that did not fail, and with those of this one or none.
    const { edges } = readEdges(target);
    const linked = new Set(edges.map((id) => id.split('->')[1]));
    if (!module.body?.includes('task:2')) expect(edges).toEqual([]);
    for (const { id, node_type } of readNodes(target)) {
      if (node_type !== 'audit_event' || before.some((node) => node.id === id)) continue;
      expect(linked).toContain(id.replaceAll(':', '%3A'));
    }
    // And once it is mended, all that was missed is made.
    const mended = linkerModule(folder, { body: `yield { from: event, to: ${A_DAY} };` });
    await runCli([...args, ...mended]);
    if (command === 'run') await runCli(['run', ...paths, '--edges', ...mended]);
    expect(readEdges(target).edges).toHaveLength(32 + 11);
  });

  test('fails, and says where under --verbose', async () => {
    const { paths, folder, target } = orchardScene();
    const mine = linkerModule(folder, { body: 'null.boom;' });
    await runCli([...paths, '-q']);
    const args = command === 'run' ? ['run', ...paths, '--full', '--edges'] : ['link', '-t', target];
    const { stderr } = await runCli([...args, ...mine, '--verbose']);
    expect(stderr).toMatch(/at .*mine-1\.mjs:\d+/);
  });
});
