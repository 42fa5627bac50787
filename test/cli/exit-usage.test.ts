import { linkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { graphWith } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Fails with 2, and the folder is as it was. */
async function refused(scene: Scene, args: readonly string[], error: string, says: RegExp, hint?: RegExp) {
  const before = stateOfFolder(scene.folder);
  const expected = { code: 2, error, says, together: true, ...(hint && { hint }) } as const;
  await expectFailure(args, expected, { folder: scene.folder });
  expect(stateOfFolder(scene.folder)).toEqual(before);
}

describe('a command line that cannot be understood is exit code 2', () => {
  test.for([
    ['--dry-rnu', /unknown option '--dry-rnu'/, /--dry-run/],
    ['--batchsize=5', /unknown option '--batchsize/, /--batch-size/],
    ['-x', /unknown option '-x'/, /--help/],
  ] as const)('%s: an unknown flag, with the nearest in the hint', async ([flag, says, hint]) => {
    const scene = orchardScene();
    await refused(scene, [...scene.paths, flag], 'usage', says, hint);
  });

  test.for([
    ['rnu', /unknown command 'rnu'/, /run/],
    ['exctract', /unknown command 'exctract'/, /--help/],
  ] as const)('%s: an unknown command, with the nearest in the hint', async ([command, says, hint]) => {
    const scene = orchardScene();
    await refused(scene, [command, ...scene.paths], 'usage', says, hint);
  });

  test('a word too many', async () => {
    const scene = orchardScene();
    await refused(scene, ['run', ...scene.paths, 'sessions.db'], 'usage', /argument/);
  });

  test.for(['0', '-1', '1.5', 'abc', '999999999', '', '1e3', '0x10', ' 5'])('--batch-size %j', async (size) => {
    const scene = orchardScene();
    const says = /^--batch-size cannot be '/;
    await refused(scene, [...scene.paths, '--batch-size', size], 'usage', says, /whole number from 1 to/);
  });

  test.for(['-1', '86400.5', 'abc', '', '1e3', '0x10', ' 5', '1.', '.5', 'Infinity'])('--wait %j', async (seconds) => {
    const scene = orchardScene();
    const says = /^--wait cannot be '/;
    await refused(scene, [...scene.paths, '--wait', seconds], 'usage', says, /seconds from 0 to 86400/);
  });

  test.for(['--only', '--skip', '--error-status', '--extractor'])('%s with an empty list', async (flag) => {
    const scene = orchardScene();
    for (const list of ['', ',', 'tool-errors,']) {
      await refused(scene, [...scene.paths, flag, list], 'usage', new RegExp(`^${flag} cannot be '${list}'`));
    }
  });

  test('a misspelt flag is named, not the value after it', async () => {
    const { stderr, code } = await runCli(['--onyl', 'tool-errors']);
    expect([stderr, code]).toEqual(["error: unknown option '--onyl'\nhint: did you mean --only?\n", 2]);
  });

  test('a misspelt flag is named without its value, which may be a secret', async () => {
    const { stderr, code } = await runCli(['--targt=libsql://me:s3cret@graph.example']);
    expect([stderr, code]).toEqual(["error: unknown option '--targt'\nhint: did you mean --target?\n", 2]);
  });

  test.for(['--source', '--config', '--extractor'])('%s with a URL does not tell its password', async (flag) => {
    const { stderr, stdout, code } = await runCli([
      '--json',
      '-s',
      'a',
      '-t',
      'b',
      flag,
      'libsql://me:s3cret@graph.example',
    ]);
    expect(stdout + stderr).not.toContain('s3cret');
    expect(code).toBe(2);
  });

  test('help of a command that is none', async () => {
    const { stderr, code } = await runCli(['help', 'rnu']);
    expect([stderr, code]).toEqual(["error: unknown command 'rnu'\nhint: did you mean run?\n", 2]);
  });

  test.for(['--source', '--target'])('%s with an empty name', async (flag) => {
    const { stderr, code } = await runCli(['-s', 'a.db', '-t', 'b.db', flag, '']);
    expect([stderr.split('\n')[0], code]).toEqual([`error: ${flag} cannot be ''`, 2]);
  });

  test('a path with a blank at its end, which the driver would open without it', async () => {
    const scene = orchardScene();
    const before = stateOfFolder(scene.folder);
    for (const paths of [
      ['-s', scene.source, '-t', `${scene.source} `],
      ['-s', `${scene.source}\n`, '-t', scene.target],
    ]) {
      const { stderr, code } = await runCli(paths);
      expect(stderr).toMatch(/^error: .* ends in white space\nhint: /);
      expect(code).toBe(2);
    }
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('more error statuses than anybody has', async () => {
    const many = Array.from({ length: 1001 }, (_, i) => `s${i}`).join(',');
    const { stderr, code } = await runCli([...orchardScene().paths, '--error-status', many]);
    expect([stderr.split('\n')[0], code]).toEqual(["error: --error-status cannot be '1001 names'", 2]);
  });

  test('a flag without its value', async () => {
    const scene = orchardScene();
    await refused(scene, ['run', ...scene.paths, '--batch-size'], 'usage', /argument missing|cannot be '--json'/);
  });

  test.for(['--only', '--skip'])('%s with an unknown extractor, the nearest in the hint', async (flag) => {
    const scene = orchardScene();
    await refused(scene, [...scene.paths, flag, 'tool-eror'], 'usage', /'tool-eror'/, /tool-errors/);
  });

  test('an unknown format', async () => {
    const result = await runCli([...orchardScene().paths, '--format', 'xml']);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toBe("error: --format cannot be 'xml'\nhint: choose one of table, json, ndjson\n");
  });

  test('--json with --format table', async () => {
    const scene = orchardScene();
    await refused(scene, [...scene.paths, '--json', '--format', 'table'], 'usage', /contradict/);
  });

  test('no extractor left to run', async () => {
    const scene = orchardScene();
    const flags = ['--only', 'tool-errors', '--skip', 'tool-errors'];
    await refused(scene, [...scene.paths, ...flags], 'usage', /no extractor is left/);
  });

  test('a source by flag without a target', async () => {
    const scene = orchardScene();
    await refused(scene, ['--source', scene.source], 'usage', /target/, /--target/);
  });

  test('an extractor module that is not there, or is none', async () => {
    const scene = orchardScene();
    writeFileSync(join(scene.folder, 'empty.js'), 'export default {};');
    writeFileSync(join(scene.folder, 'broken.js'), 'export default {');
    for (const file of ['./absent.js', './empty.js', './broken.js']) {
      await refused(scene, [...scene.paths, '--extractor', file], 'extractor-invalid', /extractor .*\.js /);
    }
  });
});

describe('a file or folder that is not there, or cannot be what it should, is exit code 2', () => {
  test('source missing', async () => {
    const scene = orchardScene();
    const args = ['-s', join(scene.folder, 'no.db'), '-t', scene.target];
    await refused(scene, args, 'source-not-found', /no\.db does not exist/, /--source/);
  });

  test.for([
    ['source', 'source-not-a-file'],
    ['target', 'target-not-a-file'],
  ] as const)('%s a folder', async ([role, error]) => {
    const scene = orchardScene();
    const args = { source: ['-s', '/usr', '-t', scene.target], target: ['-s', scene.source, '-t', '/usr'] }[role];
    await refused(scene, args, error, new RegExp(`${role} /usr is not a file`));
  });

  test('the folder of the target missing, and it is not made', async () => {
    const scene = orchardScene();
    const args = ['-s', scene.source, '-t', join(scene.folder, 'no', 'org.db')];
    await refused(scene, args, 'target-folder-missing', /folder .*no of the target/, /mkdir/);
  });

  test('source and target the same file, by name, hard link or symbolic link', async () => {
    const scene = orchardScene();
    linkSync(scene.source, join(scene.folder, 'hard.db'));
    symlinkSync(scene.source, join(scene.folder, 'soft.db'));
    for (const name of ['sessions.db', 'hard.db', 'soft.db', './././sessions.db']) {
      await refused(scene, ['-s', scene.source, '-t', name], 'target-is-source', /same file/, /--target/);
    }
    const backup = graphWith({ nodes: [{ id: 'a' }] });
    const rows = join(tempFolder(), 'rows.ndjson');
    writeFileSync(rows, '{"table":"kg_nodes","row":{"id":"a","node_type":"note","name":"a"}}\n');
    for (const words of [
      ['restore', backup, '--yes'],
      ['import', rows],
      ['log', 'LOGIN', '--user', 'u-17'],
      ['delete', 'a'],
      ['history', 'prune', '--before', '2020-01-01'],
      ['trail', 'migrate'],
      ['link'],
    ]) {
      await refused(scene, [...words, '-s', scene.source, '-t', scene.source], 'target-is-source', /same file/);
    }
  });

  test('a target by URL that is no Neo4j server', async () => {
    const scene = orchardScene();
    const url = 'libsql://graph.example';
    await refused(scene, ['-s', scene.source, '-t', url], 'usage', /the target is a URL/, /neo4j\+s:\/\/host/);
    const { stderr } = await runCli(['-s', scene.source, '-t', 'libsql://me:s3cret@graph.example']);
    expect(stderr).not.toContain('s3cret');
  });

  test.for([
    ['neo4j+s://me:s3cret@graph.example', /has a user or password in it/, /AUDIT_EXTRACT_NEO4J_USER/],
    ['bolt://:s3cret@graph.example', /has a user or password in it/, /AUDIT_EXTRACT_NEO4J_USER/],
    ['neo4j+ssc://graph.example', /trusts any certificate/, /NODE_EXTRA_CA_CERTS/],
    ['neo4j+x://graph.example', /which no Neo4j has/, /neo4j\+s:\/\/host/],
    ['neo4j://graph.example/a/b', /path of more than one part/, /host\/database/],
    ['neo4j://graph.example?s3cret', /something after its path/, /host\/database/],
    ['bolt://', /names no host|is no URL/, /host\/database/],
  ] as const)('a Neo4j server by %s', async ([url, says, hint]) => {
    const scene = orchardScene();
    await refused(scene, ['-s', scene.source, '-t', url], 'usage', says, hint);
    for (const words of [
      ['status'],
      ['query'],
      ['doctor'],
      ['schedule', '--cron'],
      ['log', 'LOGIN', '--user', 'u-17'],
    ]) {
      const { stdout, stderr } = await runCli([...words, '-s', scene.source, '-t', url]);
      expect(stdout + stderr).not.toContain('s3cret');
    }
  });
});
