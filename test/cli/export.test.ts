import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MultiDirectedGraph } from 'graphology';
import { parse as parseGraphml } from 'graphology-graphml';
import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, graphWith, readAll, readValue } from '../support/graph-rows.ts';
import { expectHarmless } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { runCli } from '../support/run-cli.ts';
import { runOnTerminal } from '../support/run-shell.ts';
import { orchardScene } from '../support/scene.ts';
import { SECRETS } from '../support/secrets.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { unzip } from '../support/zips.ts';

const ERROR = 'audit_event:err:a11ce000-0001-4000-8000-000000000001:Bash:exit_code_1';
const TEXT_FORMATS = ['ndjson', 'graphml', 'jsonld', 'cypher', 'mermaid'] as const;

async function graph() {
  const scene = await extracted(orchardScene(), '--edges');
  expect((await runCli(['log', 'LOGIN', '--user', 'u-17', '--key', '1', '-t', scene.target])).code).toBe(0);
  return scene;
}

async function exported(target: string, ...flags: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await runCli(['export', '-t', target, ...flags]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

/** A graph of others in which every hostile text stands wherever a text can. */
function hostileGraph(): string {
  const texts = Object.values(HOSTILE_TEXTS);
  const ids = texts.map((text) => `note:${text}`);
  return graphWith({
    nodes: texts.map((text, at) => ({
      id: ids[at] ?? '',
      type: text,
      subtype: text,
      name: text,
      properties: JSON.stringify({ [text]: text }),
    })),
    edges: texts.map((text, at) => ({ from: ids[at] ?? '', to: ids[0] ?? '', type: text, properties: text })),
  });
}

describe('export', () => {
  it('writes a zip with a file for each table, of which NULL and empty text can be told apart', async () => {
    const { target, folder } = await graph();
    changeGraph(target, "UPDATE kg_nodes SET subtype = '' WHERE id = 'tool:Bash'");
    expect(await exported(target, '--out', join(folder, 'out.zip'))).toBe('');
    const files = await unzip(join(folder, 'out.zip'));
    expect(Object.keys(files)).toEqual([
      ...['kg_nodes.csv', 'kg_edges.csv', 'audit_entries.csv', 'audit_checkpoints.csv', 'audit_owed.csv'],
      'audit_replaced.csv',
    ]);
    const lines = files['kg_nodes.csv']?.split('\r\n') ?? [];
    expect(lines[0]).toBe(
      '"id","node_type","subtype","name","properties","source_table","source_id","created_at","updated_at","deleted_at"',
    );
    expect(lines.find((line) => line.startsWith('"tool:Bash"'))).toMatch(
      /^"tool:Bash","tool","","Bash","{""tool_name"":""Bash""}",,,"[^"]+","[^"]+",$/,
    );
    expect(statSync(join(folder, 'out.zip')).mode & 0o777).toBe(0o600);
  });

  it.each(['csv', ...TEXT_FORMATS])('as %s gives the same bytes again, in any time zone', async (format) => {
    const { target, folder } = await graph();
    const [one, other] = ['one', 'other'].map((name) => join(folder, name));
    const args = ['export', '-t', target, '--format', format, '--out'];
    expect((await runCli([...args, one ?? ''])).code).toBe(0);
    expect((await runCli([...args, other ?? ''], { env: { TZ: 'Asia/Tokyo' } })).code).toBe(0);
    expect(readFileSync(one ?? '').equals(readFileSync(other ?? ''))).toBe(true);
    const text = await runCli(['export', '-t', target, '--format', format, '--out', '-']);
    if (format !== 'csv') expect(text.stdout).toBe(readFileSync(one ?? '', 'utf8'));
  });

  it('names the file itself where a folder is given', async () => {
    const { target } = await graph();
    const folder = tempFolder();
    for (const format of ['csv', ...TEXT_FORMATS]) await exported(target, '--format', format, '--out', folder);
    expect(readdirSync(folder).toSorted()).toEqual(
      ['graph.csv.zip', 'graph.cypher', 'graph.graphml', 'graph.jsonld', 'graph.mmd', 'graph.ndjson'].toSorted(),
    );
  });

  it('leaves out what is deleted, and what leads to it, unless asked for', async () => {
    const { target } = await graph();
    const rows = async (...flags: readonly string[]) =>
      (await exported(target, '--format', 'ndjson', ...flags))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    const all = await rows();
    expect((await runCli(['delete', ERROR, '-t', target])).code).toBe(0);
    const living = await rows();
    expect(living.filter((row) => JSON.stringify(row).includes('Bash:exit_code_1'))).toEqual([]);
    // What is read is true of all records, or of none.
    expect(living.filter(({ table }) => table === 'audit_checkpoints')).toEqual([]);
    const whole = await rows('--include-deleted');
    expect(whole).toHaveLength(all.length);
    expect(whole.find(({ row }) => row.id === ERROR).row.deleted_at).toEqual(expect.any(String));
    for (const format of ['graphml', 'jsonld', 'cypher', 'mermaid']) {
      expect(await exported(target, '--format', format)).not.toContain('exit_code_1 ');
    }
  });

  it('keeps values of other types, and columns that others have made', async () => {
    const target = graphWith({ nodes: [{ id: 'a', type: 'note' }] }, 'bare');
    changeGraph(
      target,
      `ALTER TABLE kg_nodes ADD COLUMN "my ""own""";
       UPDATE kg_nodes SET "my ""own""" = 9223372036854775807, subtype = x'00ff', name = CAST(x'61ff' AS TEXT);
       INSERT INTO kg_nodes(id, node_type, name, "my ""own""") VALUES ('b', 'note', 'b', 1.0);
       INSERT INTO kg_edges(id, edge_type, from_node, to_node, weight) VALUES ('e', 'T', 'a', 'b', 0.5)`,
    );
    const lines = (await exported(target, '--format', 'ndjson'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).row);
    expect(lines).toMatchObject([
      {
        id: 'a',
        'my "own"': { integer: '9223372036854775807' },
        subtype: { blob: '00ff' },
        name: { text_bytes: '61ff' },
      },
      { id: 'b', 'my "own"': { real: '1.0' } },
      { id: 'e', weight: 0.5 },
    ]);
    const file = join(tempFolder(), 'out.zip');
    await exported(target, '--out', file);
    const nodes = (await unzip(file))['kg_nodes.csv'] ?? '';
    expect(nodes).toContain(`"a","note",x'00ff',t'61ff',,,9223372036854775807`);
    expect(nodes).toContain('"b","note",,"b",,,1.0');
  });

  it('is read by a reader of GraphML', async () => {
    const { target } = await graph();
    for (const path of [target, hostileGraph()]) {
      const read = parseGraphml(MultiDirectedGraph, await exported(path, '--format', 'graphml'));
      expect(read.order).toBe(readValue(path, 'SELECT count(*) FROM kg_nodes'));
      expect(read.size).toBe(readValue(path, 'SELECT count(*) FROM kg_edges'));
    }
    const read = parseGraphml(MultiDirectedGraph, await exported(target, '--format', 'graphml'));
    expect(read.getNodeAttributes('tool:Bash')).toMatchObject({
      node_type: 'tool',
      properties: '{"tool_name":"Bash"}',
    });
    expect(read.outNeighbors(ERROR)).toContain('tool:Bash');
  });

  it('is read by a reader of JSON-LD, which finds the terms of PROV', async () => {
    const { target } = await graph();
    const document = JSON.parse(await exported(target, '--format', 'jsonld'));
    const flat = await jsonld.flatten(document);
    const objects: readonly Record<string, unknown>[] = JSON.parse(JSON.stringify(flat));
    const find = (id: string) => objects.find((object) => object['@id'] === `urn:audit-extract:node:${id}`) ?? {};
    const prov = 'http://www.w3.org/ns/prov#';
    expect(find('audit_event%3Alog%3A1')).toMatchObject({
      '@type': [`${prov}Activity`],
      [`${prov}wasAssociatedWith`]: [{ '@id': 'urn:audit-extract:node:user%3Au-17' }],
      [`${prov}startedAtTime`]: [{ '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' }],
    });
    expect(find('user%3Au-17')).toMatchObject({ '@type': [`${prov}Agent`] });
    expect(find('tool%3ABash')).toMatchObject({
      '@type': [`${prov}Entity`],
      [`${prov}generatedAtTime`]: [{ '@value': expect.stringMatching(/^\d{4}-.*Z$/) }],
      'urn:audit-extract:kg:properties': [{ '@type': '@json', '@value': { tool_name: 'Bash' } }],
    });
    const hostile = hostileGraph();
    const triples = await jsonld.toRDF(JSON.parse(await exported(hostile, '--format', 'jsonld')));
    const nodes = JSON.parse(JSON.stringify(triples)).filter(
      ({ object }: { object: { value: string } }) => object.value === `${prov}Entity`,
    );
    expect(nodes).toHaveLength(Number(readValue(hostile, 'SELECT count(*) FROM kg_nodes')));
  });

  it('as Cypher is one statement a line, in which no text can end its quotes', async () => {
    const { target } = await graph();
    const statement = /^(\/\/.*|(MERGE|MATCH) .*;)$/;
    for (const path of [target, hostileGraph()]) {
      const text = await exported(path, '--format', 'cypher');
      for (const line of text.trimEnd().split('\n')) {
        expect(line).toMatch(statement);
        // Without its texts, read as an old parser reads them, escapes of code points first, a statement has no other marks.
        const early = line.replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
        for (const read of [line, early].filter((one) => !one.startsWith('//'))) {
          expect(read.replace(/'(?:[^'\\]|\\.)*'/gs, 'TEXT')).toMatch(/^[^'"\\;]*;$/);
        }
      }
    }
  });

  it('as Mermaid says how much more there is', async () => {
    const nodes = Array.from({ length: 130 }, (_, at) => ({ id: `note:${at}`, type: 'note' }));
    const target = graphWith({ nodes, edges: [{ from: 'note:1', to: 'note:2' }] });
    const text = await exported(target, '--format', 'mermaid');
    expect(text.match(/^ {2}n\d+\[/gm)).toHaveLength(100);
    expect(text).toContain('rest["and 30 more nodes, 0 more edges"]');
    await expect(await exported((await graph()).target, '--format', 'mermaid')).toMatch(/^flowchart LR\n/);
  });

  it.each(TEXT_FORMATS)('as %s shows a terminal nothing that acts on it', async (format) => {
    expectHarmless(await exported(hostileGraph(), '--format', format), format);
  });

  it.each(['csv', ...TEXT_FORMATS])('as %s has no secret in it, wherever it stood', async (format) => {
    const all = Object.values(SECRETS).flat();
    const target = graphWith({
      nodes: all.map((secret, at) => ({
        id: `note:${at}:${secret}`,
        type: 'note',
        name: secret,
        properties: JSON.stringify({ a: [secret] }),
      })),
    });
    changeGraph(target, "UPDATE kg_nodes SET subtype = CAST(name AS BLOB), source_table = CAST(name || x'ff' AS TEXT)");
    const file = join(tempFolder(), 'out');
    await exported(target, '--format', format, '--out', file);
    const text = format === 'csv' ? Object.values(await unzip(file)).join('') : readFileSync(file, 'utf8');
    const parts = all.flatMap((secret) => secret.match(/[A-Za-z0-9+/]{16,}/g) ?? []).map((part) => part.slice(0, 16));
    const found = parts.filter((part) => text.includes(part) || text.includes(Buffer.from(part).toString('hex')));
    expect(found).toEqual([]);
  });

  it('refuses what makes no sense, and leaves files as they are', async () => {
    const { target, folder } = await graph();
    const asked = ['export', '-t', target];
    await expectFailureOfText([...asked, '--format', 'xml'], 2, /format/);
    await expectFailureOfText([...asked, '--out', ''], 2, /--out/);
    await expectFailureOfText([...asked, '--out', target], 2, /is a database/);
    await expectFailureOfText([...asked, '--out', join(folder, 'none', 'x')], 2, /does not exist/);
    symlinkSync('loop', join(folder, 'loop'));
    await expectFailureOfText([...asked, '--out', join(folder, 'loop', 'x')], 2, /folder .*loop.* does not exist/);
    await expectFailureOfText(['export', '-t', join(folder, 'none.db')], 2, /does not exist/);
    await expectFailureOfText([...asked, '--deleted'], 2, /unknown option/);
    const text = join(folder, 'text.db');
    writeFileSync(text, 'no database at all, but a text that is long enough to look like one '.repeat(20));
    await expectFailureOfText(['export', '-t', text], 4, /not a SQLite database/);
    const { stdout } = await runOnTerminal('audit export -t "$1"; echo "exit $?"', [target]);
    expect(stdout).toMatch(/error: a zip is not written to a terminal[\s\S]*exit 2/);
  });

  it('tells a failure as lines of JSON, too, where these are wanted', async () => {
    const { folder } = await graph();
    const { stdout, code } = await runCli(['export', '-t', join(folder, 'none.db'), '--format', 'ndjson']);
    expect([code, JSON.parse(stdout).error.code]).toEqual([2, 'target-not-found']);
  });

  it('refuses edges that nothing tells apart', async () => {
    const target = graphWith({ nodes: [{ id: 'a' }] });
    changeGraph(target, 'DROP TABLE kg_edges; CREATE TABLE kg_edges(id, edge_type, from_node, to_node)');
    await expectFailureOfText(['export', '-t', target], 4, /does not keep id unique/);
  });

  it('leaves the graph, and its folder, as they were', async () => {
    const { target } = await graph();
    const before = stateOfFolder(dirname(target));
    await exported(target, '--format', 'ndjson');
    await runCli(['export', '-t', target, '--format', 'csv']);
    expect(stateOfFolder(dirname(target))).toEqual(before);
    expect(readAll(target, 'SELECT id FROM kg_nodes').length).toBeGreaterThan(20);
  });

  it('says of rows without an id that it left them out', async () => {
    const target = graphWith({ nodes: [{ id: 'a', type: 'note' }] }, 'indexed');
    changeGraph(target, "INSERT INTO kg_nodes(node_type, name) VALUES ('note', 'x'), ('note', 'y')");
    const { stdout, stderr, code } = await runCli(['export', '-t', target, '--format', 'ndjson']);
    expect([code, stdout.trimEnd().split('\n').length]).toEqual([0, 1]);
    expect(linesOf('warning', stderr)).toEqual(['export: rows of kg_nodes without an id were left out: 2']);
  });
});

/** Of a failure the formats of an export have no form but text. */
async function expectFailureOfText(args: readonly string[], code: number, says: RegExp): Promise<void> {
  const result = await runCli(args);
  expect([result.code, result.stdout]).toEqual([code, '']);
  expect(linesOf('error', result.stderr)[0]).toMatch(says);
  expect(linesOf('hint', result.stderr)).toHaveLength(1);
}
