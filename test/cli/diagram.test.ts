import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readXml } from '../support/expect-xml.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, graphWith, readValue } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function diagramOf(target: string, ...flags: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await runCli(['diagram', '-t', target, ...flags]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

const HOSTILE = `CREATE TABLE "<script>""x"" & 'y'"("a -> b" INT PRIMARY KEY, "\u202e\u0007" "my ""type""");
  CREATE TABLE child(parent REFERENCES kg_nodes(id), other REFERENCES nowhere(id));
  CREATE VIEW seen AS SELECT 1 AS one;`;

describe('diagram', () => {
  it('draws the tables of a graph, with columns, keys and row counts', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--edges', '-q']);
    const edges = readValue(scene.target, 'SELECT count(*) FROM kg_edges');
    const svg = await diagramOf(scene.target);
    readXml(svg);
    for (const text of ['kg_nodes', 'kg_edges', 'from_node', 'audit_changes', 'TEXT PK', 'TEXT FK', `${edges} rows`]) {
      expect(svg).toContain(`>${text}<`);
    }
    expect(svg).not.toMatch(/audit_words_|sqlite_/);
    const mermaid = await diagramOf(scene.target, '--format', 'mermaid');
    expect(mermaid).toContain(`erDiagram\n  t0["kg_edges (${edges} rows)"] {\n    TEXT id PK\n`);
    expect(mermaid).toContain('t1 ||--o{ t0 : "from_node"');
  });

  it('shows hostile names as what they are, and tables of others after ours', async () => {
    const target = graphWith({ nodes: [{ id: 'a' }] }, 'bare');
    changeGraph(target, HOSTILE);
    const svg = await diagramOf(target);
    readXml(svg);
    expect(svg).not.toMatch(/<script|\u202e|\u0007/);
    expect(svg).toContain('&lt;script&gt;');
    expect(svg.indexOf('>child<')).toBeGreaterThan(svg.indexOf('>kg_nodes<'));
    const mermaid = await diagramOf(target, '--format', 'mermaid');
    expect(mermaid).not.toMatch(/<script|\u202e|\u0007/);
    for (const line of mermaid.trimEnd().split('\n').slice(1)) {
      expect(line).toMatch(/^ {2}(t\d+\["[^"]*"\] \{| {2}\w+ \w+( PK| FK| PK, FK)?|\}|t\d+ \|\|--o\{ t\d+ : "[^"]*")$/);
    }
  });

  it('goes to a file, whole or not at all, and writes nothing else', async () => {
    const target = graphWith({ nodes: [] });
    const before = stateOfFolder(join(target, '..'));
    const folder = tempFolder();
    expect(await diagramOf(target, '--out', join(folder, 'schema.svg'))).toBe('');
    expect(readFileSync(join(folder, 'schema.svg'), 'utf8')).toBe(await diagramOf(target));
    expect(stateOfFolder(join(target, '..'))).toEqual(before);
  });

  it.each([
    [['--format', 'png'], /choose one of svg, mermaid/],
    [['--out', ''], /name a file/],
    [['--out', '/nowhere/at/all.svg'], /./],
    [['-t', '/nowhere/org.db'], /./],
  ])('refuses %j', async (flags, says) => {
    const target = graphWith({ nodes: [] });
    const { stdout, stderr, code } = await runCli(['diagram', '-t', target, ...flags]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });
});
