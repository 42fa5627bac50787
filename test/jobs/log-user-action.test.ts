import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { readActions } from '../support/read-actions.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';
import { runLibrary } from '../support/run-library.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

const newTarget = () => join(tempFolder(), 'org.db');

/** Logs once, and gives the answer and what `onFailure` was told. Both arguments are JavaScript. */
const logOnce = (target: string, action: string, options = '{ target, onFailure }') =>
  runLibrary(
    `const told = [];
    const onFailure = (error) => void told.push(error);
    const odd = Object.create(null);
    const cyclic = {}; cyclic.self = cyclic;
    const nested = (levels) => { let list = []; for (let i = 0; i < levels; i++) list = [list]; return list; };
    const answer = await logUserAction(${action}, ${options});
    await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(JSON.stringify({ answer, told }));`,
    target,
  );

const logged = { answer: true, told: [] };
const refused = (code: string, message: string | RegExp) => ({
  answer: false,
  told: [
    {
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      hint: expect.stringMatching(/^[^\n]+$/),
    },
  ],
});

describe('logUserAction', () => {
  it('logs an event, its edge from the trail and its edge to the user, and says true', async () => {
    const target = newTarget();
    const action = `{ actionType: 'LOGIN', category: 'SECURITY', user: { uid: 'u-17', name: 'Ann Lee' },
      details: { ip: '192.0.2.1', at: new Date(0), none: undefined }, timestamp: '2026-02-05T10:00:00Z', key: 'k' }`;
    expect(await logOnce(target, action)).toEqual(logged);
    expect(readActions(target)).toMatchObject([
      {
        id: 'audit_event:log:k',
        json: '{"eventType":"LOGIN","eventCategory":"SECURITY","timestamp":"2026-02-05T10:00:00Z","userUID":"u-17","userName":"Ann Lee","details":{"ip":"192.0.2.1","at":"1970-01-01T00:00:00.000Z"}}',
      },
    ]);
    expect(readEdges(target).edges).toHaveLength(2);
    expect(await logOnce(target, action)).toEqual(logged);
    expect(readActions(target)).toHaveLength(1);
    expect(await logOnce(target, "{ actionType: 'LOGOUT', key: 'k' }")).toEqual(
      refused('action-differs', /^another action is logged as audit_event:log:k/),
    );
  });

  it('logs what the command would, in a graph of runs, and under its seals', async () => {
    const { paths, target } = orchardScene();
    await runCli(['run', ...paths, '--quiet']);
    await runCli(['log', 'A', '--user', 'u', '--details', '{"n":1}', '--key', 'k', '-t', target]);
    const same = "{ actionType: 'A', user: { uid: 'u' }, details: { n: 1 }, key: 'k' }";
    expect(await logOnce(target, same)).toEqual(logged);
    expect(await logOnce(target, "{ actionType: 'B' }")).toEqual(logged);
    expect(readActions(target)).toHaveLength(2);
    expect(await runCli(['verify', ...paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
    changeGraph(target, "UPDATE kg_nodes SET properties = replace(properties, 'B', 'C') WHERE name LIKE '% B by %'");
    expect((await runCli(['verify', ...paths])).code).toBe(5);
  });

  it('may be called many times at once', async () => {
    const target = newTarget();
    const calls = `await Promise.all(Array.from({ length: 200 }, (_, at) =>
      logUserAction({ actionType: 'A' + at, user: { uid: 'u' + at % 7 }, details: { at } }, { target })))`;
    expect(await runLibrary(`console.log(JSON.stringify(${calls}));`, target)).toEqual(Array(200).fill(true));
    expect(readActions(target)).toHaveLength(200);
    expect(readEdges(target).edges).toHaveLength(400);
    expect(isIntact(target)).toBe(true);
  });

  it('takes a name for a file that the driver would take for none', async () => {
    const target = newTarget();
    const program = `process.chdir(${JSON.stringify(join(target, '..'))});
      console.log(await logUserAction({ actionType: 'A' }, { target: ':memory:' }));`;
    expect(await runLibrary(program, target)).toBe(true);
    expect(readActions(join(target, '..', ':memory:'))).toHaveLength(1);
  });
});

describe('logUserAction never throws', () => {
  it.for<[action: string, code: string, message: string | RegExp]>([
    ['undefined', 'action-invalid', 'there is no action'],
    ['null', 'action-invalid', 'there is no action'],
    ["'LOGIN'", 'action-invalid', 'there is no action'],
    ['{}', 'action-invalid', 'the action is empty'],
    ['[]', 'action-invalid', 'the action is empty'],
    ["{ actionType: ' ' }", 'action-invalid', 'the action is empty'],
    ['{ actionType: 0 }', 'action-invalid', 'the action is no text'],
    ['{ actionType: false }', 'action-invalid', 'the action is no text'],
    ["{ actionType: Symbol('A') }", 'action-invalid', 'the action is no text'],
    ["{ actionType: 'A'.repeat(1e6) }", 'action-invalid', 'the action has more than 500 characters'],
    ["{ actionType: 'A', usr: { uid: 'u-17' } }", 'action-invalid', "an action has no 'usr'"],
    ["{ action: 'LOGIN' }", 'action-invalid', "an action has no 'action'"],
    ["{ actionType: 'A', ghp_abcdefghijklmnopqrstuvwxyz0123456789: 1 }", 'action-invalid', /^((?!ghp_).)*$/],
    ["{ actionType: 'A', category: 0 }", 'action-invalid', 'the category is no text'],
    ["{ actionType: 'A', key: 5n }", 'action-invalid', 'the key is no text'],
    ["{ actionType: 'A', timestamp: new Date() }", 'action-invalid', 'the timestamp is no text'],
    ["{ actionType: 'A', timestamp: 0 }", 'action-invalid', 'the timestamp is no text'],
    ["{ actionType: 'A', timestamp: 'soon' }", 'action-invalid', "the timestamp 'soon' is no date"],
    ["{ actionType: 'A', user: 'u-17' }", 'action-invalid', 'the user is no object'],
    ["{ actionType: 'A', user: { id: 'u-17' } }", 'action-invalid', 'the user has no uid'],
    ["{ actionType: 'A', user: { uid: 0 } }", 'action-invalid', 'the user is no text'],
    ["{ actionType: 'A', user: { uid: 'u', name: 0 } }", 'action-invalid', "the user's name is no text"],
    ["{ actionType: 'A', user: { uid: '', name: 'Ann' } }", 'action-invalid', 'a user has a name and no id'],
    ["{ actionType: 'A', details: cyclic }", 'action-invalid', /^the details cannot be written as JSON: .*circular/],
    ["{ actionType: 'A', details: { n: 5n } }", 'action-invalid', /^the details cannot .*BigInt/],
    ["{ actionType: 'A', details: () => 1 }", 'action-invalid', /^the details cannot .*: JSON has no function$/],
    ["{ actionType: 'A', details: Symbol('x') }", 'action-invalid', /^the details cannot .*: JSON has no symbol$/],
    ["{ actionType: 'A', details: 'x'.repeat(65_535) }", 'action-invalid', /^the details have 65537 bytes/],
    ["{ actionType: 'A', details: nested(1e6) }", 'action-invalid', /^the details cannot .*call stack/],
    ["{ actionType: 'A', details: { toJSON() { throw new Error('a\\nb') } } }", 'action-invalid', /: a$/],
    ["{ actionType: 'A', details: { toJSON() { throw odd } } }", 'action-invalid', /: what was thrown says nothing$/],
    ["{ get actionType() { throw new Error('gone') } }", 'action-invalid', 'the action cannot be read: gone'],
    ['{ get actionType() { throw odd } }', 'action-invalid', /^the action cannot be read: what was thrown/],
    ["{ actionType: 'A', user: { get uid() { throw odd } } }", 'action-invalid', /^the action cannot be read: /],
    ['new Proxy({}, { ownKeys() { throw odd } })', 'action-invalid', /^the action cannot be read: /],
    [
      'new Proxy({}, { ownKeys() { throw new Proxy({}, { getPrototypeOf() { throw odd } }) } })',
      'action-invalid',
      /^the action cannot be read: what was thrown/,
    ],
  ])('of %s it says why it cannot be logged, and makes no graph', async ([action, code, message]) => {
    const target = newTarget();
    expect(await logOnce(target, action)).toEqual(refused(code, message));
    expect(readdirSync(join(target, '..'))).toEqual([]);
  });

  it.for(['null', 'undefined', "''"])('of %s for what need not be given it takes none', async (none) => {
    const target = newTarget();
    const action = `{ actionType: 'A', category: ${none}, user: ${none} || undefined, details: null, key: ${none}, more: undefined }`;
    expect(await logOnce(target, action)).toEqual(logged);
    const [{ properties } = { properties: {} }] = readActions(target);
    expect(Object.keys(properties)).toEqual(['eventType', 'eventCategory', 'timestamp']);
    expect(properties).toMatchObject({ eventCategory: 'USER_ACTION' });
  });

  it.for<[options: string, code: string, message: RegExp]>([
    ['onFailure', 'usage', /^there is no target to log to$/],
    ["target: '', onFailure", 'usage', /^there is no target to log to$/],
    ['target: 5, onFailure', 'usage', /^there is no target to log to$/],
    ["target: ' ', onFailure", 'usage', /white space$/],
    ["target: 'a\\0b', onFailure", 'target-refuses-writes', /cannot be made/],
    ["target: 'postgres://ann:secret@localhost/db', onFailure", 'usage', /^((?!secret).)*URL((?!secret).)*$/],
    ["target: folder + '/none/org.db', onFailure", 'target-folder-missing', /^folder .* does not exist$/],
    ['target: folder, onFailure', 'target-not-a-file', /is not a file$/],
    ["target: folder + '/text.db', onFailure", 'target-not-a-database', /is not a SQLite database$/],
    ["target: folder + '/corrupt.db', onFailure", 'target-corrupt', /./],
    ["target: folder + '/odd.db', onFailure", 'target-schema', /./],
    ['target, trail: 5, onFailure', 'internal', /./],
    ['target, redaction: 5, onFailure', 'internal', /./],
    ['get target() { throw odd }, onFailure', 'internal', /what was thrown says nothing$/],
  ])('into { %s } it says why it cannot be logged', async ([options, code, message]) => {
    const target = newTarget();
    const folder = join(target, '..', 'folder');
    mkdirSync(folder);
    writeFileSync(join(folder, 'text.db'), 'no database\n'.repeat(1000));
    const odd = new Database(join(folder, 'odd.db'));
    odd.exec('CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, title TEXT)');
    odd.close();
    const whole = new Database(':memory:');
    whole.exec('CREATE TABLE a(b); CREATE TABLE c(d)');
    writeFileSync(join(folder, 'corrupt.db'), whole.serialize().fill(0xff, 100));
    whole.close();
    const inFolder = options.replace('folder', JSON.stringify(folder));
    expect(await logOnce(target, "{ actionType: 'A' }", `{ ${inFolder} }`)).toEqual(refused(code, message));
  });

  it('into a file that may not be written to it says so', async () => {
    const target = newTarget();
    await logOnce(target, "{ actionType: 'A' }");
    chmodSync(target, 0o444);
    // Whoever may write to anything, as root may, is not stopped by a mode.
    const isRoot = process.getuid?.() === 0;
    const expected = isRoot ? logged : refused('target-refuses-writes', /cannot be written to/);
    expect(await logOnce(target, "{ actionType: 'B' }")).toEqual(expected);
    expect(readActions(target)).toHaveLength(isRoot ? 2 : 1);
  });

  it('into a graph that stays locked it says so, and leaves it', async () => {
    const target = newTarget();
    await logOnce(target, "{ actionType: 'A' }");
    const holder = new Database(target);
    holder.exec('BEGIN IMMEDIATE');
    expect(await logOnce(target, "{ actionType: 'B' }")).toEqual(refused('target-locked', /./));
    holder.exec('ROLLBACK');
    holder.close();
    expect(readActions(target)).toHaveLength(1);
  });

  it.for([
    'undefined',
    'null',
    '5',
    '{ target }',
    '{ target, onFailure: 5 }',
    '{ target, onFailure() { throw odd } }',
    '{ target, async onFailure() { throw odd } }',
    '{ target, onFailure: () => ({ get then() { throw odd } }) }',
    '{ target, get onFailure() { throw odd } }',
  ])('whoever is told, as with the options %s', async (options) => {
    expect(await logOnce(newTarget(), '{}', options)).toEqual({ answer: false, told: [] });
  });
});
