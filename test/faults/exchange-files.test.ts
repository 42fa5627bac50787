import { hash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportGraph } from '../../src/jobs/export-graph.ts';
import { replaceFileBy } from '../../src/jobs/replace-file.ts';
import { AuditError } from '../../src/model/errors.ts';
import { exportParts } from '../../src/render/export-parts.ts';
import { propertyRuns } from '../properties/property-runs.ts';
import { exportTo, importFrom } from '../support/exchange-files.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { graphWith } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { unzip, writeZip } from '../support/zips.ts';

const HEAD = '"id","node_type","name"\r\n';

/** What becomes of a file with these bytes. */
async function refused(bytes: Buffer | string, says: RegExp, name = 'graph.zip'): Promise<void> {
  const folder = tempFolder();
  const file = join(folder, name);
  writeFileSync(file, bytes);
  await expectFailure(['import', file, '-t', join(folder, 'org.db')], { code: 2, error: 'exchange-invalid', says });
}

async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const file = join(tempFolder(), 'made.zip');
  await writeZip(file, files);
  return readFileSync(file);
}

/** Replaces bytes by as many others, wherever they stand. */
function replaced(bytes: Buffer, from: string, to: string): Buffer {
  expect(to).toHaveLength(from.length);
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

describe('a file that is no export', () => {
  it('is refused: no zip, half a zip, an empty one', async () => {
    const zip = await zipOf({ 'kg_nodes.csv': HEAD });
    await refused('{}', /it is no zip/);
    await refused(zip.subarray(0, zip.length - 30), /it is no whole zip/);
    await refused('PK\u0003\u0004', /it is no whole zip/);
    await refused(await zipOf({}), /it is an empty zip/);
    await refused(Buffer.from([0xff, 0xfe, 0x0a]), /it is no UTF-8/, 'graph.ndjson');
  });

  it('is refused where its files are others: unknown ones, twice the same, outside, encrypted', async () => {
    const zip = await zipOf({ 'kg_nodes.csv': HEAD, 'kg_edges.csv': '"id"\r\n' });
    await refused(await zipOf({ 'kg_nodes.csv': HEAD, 'readme.txt': 'x' }), /a file 'readme.txt', which is no table/);
    await refused(replaced(zip, 'kg_edges.csv', 'kg_nodes.csv'), /it has kg_nodes.csv twice/);
    await refused(replaced(zip, 'kg_edges.csv', '../../../csv'), /cannot be imported/);
    await refused(replaced(zip, 'kg_edges.csv', '/etc/shadow1'), /cannot be imported/);
    await refused(replaced(zip, 'kg_edges.csv', 'C:\\edges.csv'), /cannot be imported/);
    await refused(replaced(zip, 'kg_edges.csv', 'kg_edges.cs/'), /cannot be imported/);
    // The bit that says so, in the list of files.
    const list = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
    const encrypted = Buffer.from(zip);
    encrypted.writeUInt16LE(encrypted.readUInt16LE(list + 8) | 1, list + 8);
    await refused(encrypted, /kg_nodes.csv is encrypted/);
  });

  it('is refused where a file of it is damaged', async () => {
    const zip = await zipOf({ 'kg_nodes.csv': `${HEAD}${'"a","note","a"\r\n'.repeat(50)}` });
    const list = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
    const otherSum = Buffer.from(zip);
    otherSum.writeUInt32LE(12345, list + 16);
    await refused(otherSum, /its checksum is another one/);
    const otherBytes = Buffer.from(zip);
    otherBytes.fill(0xff, 50, 60);
    await refused(otherBytes, /kg_nodes.csv is damaged/);
    const otherSize = Buffer.from(zip);
    otherSize.writeUInt32LE(10, list + 24);
    await refused(otherSize, /kg_nodes.csv is damaged/);
  });

  it('is refused where it would become more than a disk holds, or a row more than memory does', async () => {
    const bomb = await zipOf({ 'kg_nodes.csv': HEAD, 'kg_edges.csv': Buffer.alloc(300 * 1024 * 1024, 'a') });
    expect(bomb.length).toBeLessThan(1_000_000);
    await refused(bomb, /would become \d+, which are more than 268435456/);
    const long = await zipOf({ 'kg_nodes.csv': `${HEAD}"${'a'.repeat(70 * 1024 * 1024)}` });
    await refused(long, /the row of line 2 has more than 33554432 characters/);
    const wide = await zipOf({ 'kg_nodes.csv': `${HEAD}${','.repeat(40 * 1024 * 1024)}` });
    await refused(wide, /the row of line 2 has more than 33554432 characters/);
    await refused('a'.repeat(70 * 1024 * 1024), /a line has more than 33554432 characters/, 'graph.ndjson');
  }, 180_000);

  it('is refused where nobody could say what a cell belongs to', async () => {
    const csv = async (text: string | Buffer, says: RegExp) => refused(await zipOf({ 'kg_nodes.csv': text }), says);
    await csv('', /it is empty/);
    await csv('"id","id"\r\n', /two of its columns have the same name/);
    await csv('"id",""\r\n', /one of its columns has no name/);
    await csv('"name"\r\n', /it has no column id/);
    await csv(`${HEAD}"a,"b"\r\n`, /has quotes where none can be/);
    await csv(`${HEAD}"a\r\n`, /a quote that is opened in the row of line 2 is never closed/);
    await csv(Buffer.concat([Buffer.from(HEAD), Buffer.from([0xc3, 0x28])]), /it is no UTF-8/);
    await refused(await zipOf({ 'audit_entries.csv': '"key","other"\r\n' }), /audit_entries has no column 'other'/);
  });

  it('is never a reason to crash, whatever bytes of it are others', async () => {
    const folder = tempFolder();
    const [zip, ndjson] = [join(folder, 'graph.zip'), join(folder, 'graph.ndjson')];
    const target = graphWith({ nodes: [{ id: 'a' }, { id: 'b' }], edges: [{ from: 'a', to: 'b' }] });
    await exportTo(zip, target, 'csv');
    await exportTo(ndjson, target, 'ndjson');
    const whole = [readFileSync(zip), readFileSync(ndjson)];
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.nat(1), changes, fc.option(fc.nat()), async (which, given, length) => {
        const bytes = Buffer.from(whole[which] ?? '');
        for (const [at, byte] of given) bytes[at % bytes.length] = byte;
        const file = join(folder, which === 0 ? 'bad.zip' : 'bad.ndjson');
        writeFileSync(file, length === null ? bytes : bytes.subarray(0, length % bytes.length));
        const report = await importFrom(file, join(folder, 'none.db'), { dryRun: true }).catch(
          (error: unknown) => error,
        );
        if (report instanceof Error) {
          expect(report).toBeInstanceOf(AuditError);
          expect(report).toMatchObject({ code: 'exchange-invalid' });
        }
      }),
      propertyRuns(300),
    );
  });
});

describe('a file as a spreadsheet or a person writes it', () => {
  it('is taken: with a mark at its beginning, other line ends, no quotes, blank lines', async () => {
    const folder = tempFolder();
    const [file, target] = [join(folder, 'graph.zip'), join(folder, 'org.db')];
    await writeZip(file, {
      'kg_nodes.csv':
        '\ufeffid,node_type,name,subtype\nnote:1,note,one,\n\nnote:2,note,"two, or ""2""",7\nnote:3,note,007,12e34\nnote:4,note,9223372036854775808,-0\nnote:5,note,NaN,1.50\n',
    });
    expect(await importFrom(file, target)).toMatchObject({ inserted: 5, bad: [] });
    expect(await importFrom(file, target)).toMatchObject({ unchanged: 5 });
    const { stdout } = await runCli(['export', '-t', target, '--format', 'ndjson']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).row),
    ).toMatchObject([
      { id: 'note:1', name: 'one', subtype: null },
      { id: 'note:2', name: 'two, or "2"', subtype: '7' },
      // What would be another text as a number stays as it is.
      { id: 'note:3', name: '007', subtype: '12e34' },
      { id: 'note:4', name: '9223372036854775808', subtype: '-0' },
      { id: 'note:5', name: 'NaN', subtype: '1.50' },
    ]);
  });
});

describe('an export that cannot be written', () => {
  it('leaves what was there, and nothing half', async () => {
    const folder = tempFolder();
    // Texts that a zip cannot make small.
    const nodes = Array.from({ length: 2000 }, (_, at) => ({
      id: `note:${at}`,
      name: hash('sha512', `${at}`, 'base64'),
    }));
    const target = graphWith({ nodes });
    for (const format of ['csv', 'ndjson', 'jsonld']) {
      const file = join(folder, 'old');
      writeFileSync(file, 'what was there');
      // A file of this process may have 64 KiB at the most; the signal of that is ignored, so that a write fails.
      const limited = await runShell(
        `trap '' XFSZ; ulimit -f 64; audit export -t "$1" --format "$2" --out "$3"; echo $?; ls "$4"`,
        [...[target, format, file, folder]],
      );
      expect(limited.stdout).toMatch(/^(\{"schema".*\}\n)?1\nold\n$/);
      expect(limited.stderr).toMatch(/^error: \S+ could not be written: EFBIG\nhint: [^\n]+\n$/);
      expect(readFileSync(file, 'utf8')).toBe('what was there');
    }
  });

  it('ends quietly when nobody reads on', async () => {
    const target = graphWith({
      nodes: Array.from({ length: 5000 }, (_, at) => ({ id: `note:${at}`, name: 'x'.repeat(500) })),
    });
    for (const format of ['csv', 'ndjson', 'cypher']) {
      const { stdout, stderr } = await runShell(
        'audit export -t "$1" --format "$2" | head -c 100 > /dev/null; echo "$PIPESTATUS"',
        [target, format],
      );
      expect([stdout, stderr]).toEqual(['0\n', '']);
    }
  });

  it.each(['csv', 'ndjson'] as const)(
    'tells what went wrong as %s, whatever writes it, and leaves no file',
    async (format) => {
      const folder = tempFolder();
      const target = graphWith({ nodes: Array.from({ length: 3000 }, (_, at) => ({ id: `note:${at}` })) });
      const controller = new AbortController();
      const question = { target, includeDeleted: true, edges: 'all', signal: controller.signal } as const;
      const ended = exportGraph(question, (graph) => {
        const rows: typeof graph.rows = function* (table) {
          let seen = 0;
          for (const row of graph.rows(table)) {
            if (++seen === 2000) controller.abort('SIGTERM');
            yield row;
          }
        };
        return replaceFileBy(join(folder, 'out'), exportParts({ ...graph, rows }, format));
      });
      await expect(ended).rejects.toMatchObject({ code: 'interrupted-sigterm' });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('holds every file of a zip whole', async () => {
    const folder = tempFolder();
    const target = graphWith({ nodes: [{ id: 'a' }] });
    await exportTo(join(folder, 'x.zip'), target, 'csv');
    expect(Object.keys(await unzip(join(folder, 'x.zip')))).toEqual(['kg_nodes.csv', 'kg_edges.csv']);
  });
});
