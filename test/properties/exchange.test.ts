import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../fixtures/sessions-db.ts';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { openRecordedGraph } from '../../src/sqlite/target/recorded-graph.ts';
import { exchangedRows, exportTo, importFrom } from '../support/exchange-files.ts';
import { runJob } from '../support/run-job.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf } from './hostile-cells.ts';
import { hostileText } from './hostile-texts.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

/** What others have put into a graph: values of any type wherever the table lets them be. */
const note: fc.Arbitrary<Note> = fc.record({
  id: hostileText.filter((text) => text !== '' && Buffer.byteLength(text) <= 512),
  name: cellOf('a note', '=1+1', 'a\0b', 'a\r\nb', '"').filter((cell) => cell !== null),
  subtype: cellOf('', 'x'),
  source_id: cellOf('', '7'),
  properties: fc.constantFrom(null, '{}', '{"a":1,"a":2}', '{ "big": 9007199254740993 }', '{"t":"\\u0000\\ud800"}'),
  own: cellOf('', '1', "x'00'", 'NULL'),
});

interface Note {
  readonly id: string;
  readonly name: Cell;
  readonly subtype: Cell;
  readonly source_id: Cell;
  readonly properties: string | null;
  readonly own: Cell;
}

interface Graph {
  readonly notes: readonly Note[];
  readonly deleted: number;
  readonly badText: boolean;
}

const graph: fc.Arbitrary<Graph> = fc.record({
  notes: fc.uniqueArray(note, { maxLength: 8, selector: ({ id }) => id }),
  deleted: fc.nat(20),
  badText: fc.boolean(),
});

/** Adds a column of its own to the table of nodes, as others may, and fills it. */
function addNotes(path: string, { notes, badText }: Graph): void {
  const db = new Database(path);
  try {
    db.exec('ALTER TABLE kg_nodes ADD COLUMN own');
    for (const { id, name, subtype, source_id, properties, own } of notes) {
      db.prepare<Cell[]>(
        `INSERT OR IGNORE INTO kg_nodes(id, node_type, name, subtype, source_id, properties, own, created_at, updated_at)
         VALUES (?, 'note', ?, ?, ?, ?, ?, '2026-02-01 10:00:00', '2026-02-02')`,
      ).run(id, name, subtype, source_id, properties, own);
    }
    // Bytes that are no text in any encoding.
    if (badText)
      db.exec(
        "UPDATE kg_nodes SET own = CAST(x'61ff00c3' AS TEXT), name = CAST(x'ff' AS TEXT) WHERE node_type = 'note'",
      );
  } finally {
    db.close();
  }
}

/** The table that a graph comes to must have the column, too. */
async function emptyWithOwn(path: string): Promise<void> {
  await (await bootstrap(path)).close();
  const db = new Database(path);
  db.exec('ALTER TABLE kg_nodes ADD COLUMN own');
  db.close();
}

async function fingerprintOf(path: string): Promise<string | undefined> {
  const recorded = openRecordedGraph(path);
  try {
    const { hashed, kept } = await recorded.digestLeaves();
    expect(kept).toEqual(hashed);
    return hashed.fingerprint;
  } finally {
    await recorded.close();
  }
}

describe.each(['csv', 'ndjson'] as const)('a graph that is exported as %s', (format) => {
  it('is the same graph where it is imported, and is exported as the same file', async () => {
    const nextFiles = numberedFiles();
    const folder = tempFolder();
    await fc.assert(
      fc.asyncProperty(sourceCase, graph, async (source, given) => {
        const files = nextFiles();
        writeSource(files.source, source);
        const [from, to] = [files.target(), `${files.target()}-2.db`];
        await runJob({ source: files.source, target: from, edges: { linkers: builtinLinkers } });
        addNotes(from, given);
        const store = await bootstrap(from, { create: false });
        const nodes = await store.nodes.list({ limit: 1000 });
        for (const { id } of nodes.slice(0, given.deleted % (nodes.length + 1))) await store.nodes.delete(id);
        await store.close();

        const [first, again, third] = ['1', '2', '3'].map((name) => join(folder, `${name}.${format}`));
        await exportTo(first ?? '', from, format);
        await exportTo(again ?? '', from, format);
        expect(readFileSync(first ?? '').equals(readFileSync(again ?? ''))).toBe(true);

        await emptyWithOwn(to);
        const report = await importFrom(first ?? '', to);
        expect(report).toMatchObject({ bad: [], skipped: 0, warnings: [] });
        expect(report.error).toBeUndefined();
        expect(exchangedRows(to)).toEqual(exchangedRows(from));
        expect(await fingerprintOf(to)).toBe(await fingerprintOf(from));
        expect(await importFrom(first ?? '', to)).toMatchObject({ inserted: 0, updated: 0, warnings: [] });
        await exportTo(third ?? '', to, format);
        expect(readFileSync(third ?? '').equals(readFileSync(first ?? ''))).toBe(true);
      }),
      propertyRuns(20),
    );
  }, 240_000);
});
