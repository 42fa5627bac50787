import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { type GraphNodeRow, graphWith, readValue } from '../support/graph-rows.ts';
import { readActions } from '../support/read-actions.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';
import { SECRET_EXAMPLES, SECRETS } from '../support/secrets.ts';
import { writeConfig } from '../support/settings.ts';
import { tempFolder } from '../support/temp-folder.ts';

const newTarget = () => join(tempFolder(), 'org.db');
const log = (target: string, ...args: readonly string[]) => runCli(['log', 'A', '-t', target, ...args]);

function rowOf(target: string, id: string): unknown {
  const db = new Database(target, { readonly: true });
  try {
    return db.prepare('SELECT * FROM kg_nodes WHERE id = ?').get(id);
  } finally {
    db.close();
  }
}

describe('the node of a user', () => {
  it('is made by the first action, and never renamed', async () => {
    const target = newTarget();
    await log(target, '--user', 'u-17', '--user-name', 'Ann Lee');
    const made = rowOf(target, 'user:u-17');
    expect(made).toMatchObject({
      node_type: 'user',
      subtype: null,
      name: 'Ann Lee',
      properties: '{"userUID":"u-17","userName":"Ann Lee"}',
    });
    await log(target, '--user', 'u-17', '--user-name', 'Ann Smith');
    await log(target, '--user', 'u-17');
    expect(rowOf(target, 'user:u-17')).toEqual(made);
    const names = readActions(target).map(({ properties }) => properties['userName']);
    expect(names).toEqual(['Ann Lee', 'Ann Smith', undefined]);
  });

  it('is called by its id where it has no name', async () => {
    const target = newTarget();
    await log(target, '--user', 'u-17');
    expect(rowOf(target, 'user:u-17')).toMatchObject({ name: 'u-17', properties: '{"userUID":"u-17"}' });
  });

  it.for<[what: string, node: Omit<GraphNodeRow, 'id'>]>([
    ['with other properties', { type: 'user', name: 'Original', properties: '{"role":"admin","userUID":"other"}' }],
    ['of another type', { type: 'robot', name: 'R2' }],
    ['that is no JSON', { type: 'user', properties: 'not JSON' }],
    ['that is deleted', { type: 'user', deleted: true }],
  ])('that another program made (%s) is used as it is', async ([, node]) => {
    for (const shape of ['ours', 'indexed', 'bare', 'odd'] as const) {
      const target = graphWith({ nodes: [{ id: 'user:ann', ...node }] }, shape);
      const before = rowOf(target, 'user:ann');
      const flags = ['--user', 'ann', '--user-name', 'New Name', '--key', 'k'];
      expect(await log(target, ...flags)).toMatchObject({ code: 0, stderr: '' });
      expect(rowOf(target, 'user:ann')).toEqual(before);
      expect(readValue(target, "SELECT to_node FROM kg_edges WHERE edge_type = 'PERFORMED_BY'")).toBe('user:ann');
    }
  });

  it('has its own id, whatever the user’s is', async () => {
    const target = newTarget();
    const users = ['a b', '50%', 'a:b', 'a%3Ab', 'user:a', '-x', "o'brien", '漢'.repeat(166), `${'漢'.repeat(165)}x`];
    for (const user of users) expect(await log(target, `--user=${user}`)).toMatchObject({ code: 0, stderr: '' });
    const { entities } = readEdges(target);
    expect(entities).toHaveLength(1 + users.length);
    expect(entities).toEqual(
      expect.arrayContaining(['user:a b', 'user:50%25', 'user:a%3Ab', 'user:a%253Ab', 'user:user%3Aa', 'user:-x']),
    );
    for (const id of entities) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(512);
  });
});

describe('the trail of an action', () => {
  it('is the one that is named, made where it is not there', async () => {
    const target = newTarget();
    await log(target, '--trail', 'team', '--key', 'k');
    expect(readEdges(target).edges).toEqual(['HAS_EVENT:audit_trail%3Ateam->audit_event%3Alog%3Ak']);
  });

  it('is the only one of a graph; of several one must be named', async () => {
    const trails = ['audit_trail:a', 'T'].map((id) => ({ id, type: 'audit_trail' }));
    const one = graphWith({ nodes: trails.slice(1) });
    await log(one, '--key', 'k');
    expect(readValue(one, 'SELECT from_node FROM kg_edges')).toBe('T');
    const two = graphWith({ nodes: trails });
    await expectFailure(['log', 'A', '-t', two], { code: 2, error: 'trail-ambiguous', says: 'T, audit_trail:a' });
    expect(readValue(two, 'SELECT count(*) FROM kg_nodes')).toBe(2);
  });
});

describe('secrets', () => {
  const parts = SECRET_EXAMPLES.flatMap(([, secret]) => secret.match(/[A-Za-z0-9+/]{16,}/g) ?? []).map((part) =>
    part.slice(0, 16),
  );

  function expectNoSecretIn(text: string): void {
    expect(parts.filter((part) => text.includes(part))).toEqual([]);
  }

  it('in action, category, user, name and details get into no file, and are not told', async () => {
    const target = newTarget();
    const lines = SECRET_EXAMPLES.map(([, secret]) => {
      const details = { [secret]: [secret, { deep: `see ${secret}` }] };
      return { action: `A ${secret}`, category: secret, user: secret, user_name: secret, details };
    }).filter(({ action }) => action.length <= 500);
    expect(lines.length).toBeGreaterThan(15);
    // As long as somebody has it open, the WAL stays.
    await log(target);
    const reader = new Database(target, { readonly: true });
    reader.prepare('SELECT count(*) FROM kg_nodes').get();
    const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const { code, stdout, stderr } = await runCli(['log', '--stdin', '--json', '-t', target], { input });
    expect([code, stderr]).toEqual([0, '']);
    expectNoSecretIn(stdout);
    for (const name of readdirSync(join(target, '..'))) {
      expectNoSecretIn(execFileSync('cat', [join(target, '..', name)], { encoding: 'latin1', maxBuffer: 1e9 }));
    }
    reader.close();
    expect(readActions(target).filter(({ json }) => json.includes('[redacted:'))).toHaveLength(lines.length);
  });

  it('are looked for by the patterns of the config file, too, and not at all with --no-redact', async () => {
    const target = newTarget();
    const patterns = [{ name: 'acme-key', pattern: 'acme-[0-9]+' }];
    const config = writeConfig(join(target, '..', 'config.json'), { secretPatterns: patterns });
    const token = SECRETS['npm-token']?.[0] ?? '';
    await log(target, '--user', 'acme-12', '--config', config);
    await log(target, '--user', token, '--no-redact');
    const users = readActions(target).map(({ properties }) => properties['userUID']);
    expect(users).toEqual(['[redacted:acme-key]', token]);
  });

  it('are refused in a key, as two actions would share one without them', async () => {
    const target = newTarget();
    const [token = ''] = SECRETS['npm-token'] ?? [];
    const { code, stderr } = await log(target, '--key', token);
    expect([code, stderr]).toEqual([2, expect.stringContaining('error: the key has a secret in it\n')]);
    expect(readdirSync(join(target, '..'))).toEqual([]);
    expect(await log(target, '--key', token, '--no-redact')).toMatchObject({ code: 0 });
  });

  it('are not told in errors', async () => {
    const target = newTarget();
    for (const [, secret] of SECRET_EXAMPLES) {
      const file = join(target, '..', 'd.json');
      writeFileSync(file, `{"a":${secret}`);
      for (const args of [`--details=@${file}`, `--timestamp=${secret}`]) {
        const { code, stdout, stderr } = await log(target, args, '--json');
        expect(code).toBe(2);
        expectNoSecretIn(stdout + stderr);
      }
    }
  });
});
