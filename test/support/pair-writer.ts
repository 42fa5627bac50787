import { spawn } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished } from 'vitest';
import { graphWith } from './graph-rows.ts';

const PROGRAM = join(import.meta.dirname, '../faults/pair-writer.mjs');

/** Another program that writes a graph without end, until it is killed. */
export interface PairWriter {
  /** How often it has written; its rows are numbered from 0 on. */
  readonly written: () => number;
  /** Resolves when it has written so often from now on. */
  writeMore(times: number): Promise<void>;
  kill(): Promise<void>;
}

/** Starts it, and waits for its first write. */
export async function startPairWriter(path: string, kib = 0): Promise<PairWriter> {
  const child = spawn(process.execPath, [PROGRAM, path, String(kib)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let written = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text.split('\n').length - 1;
  });
  const writeMore = async (times: number) => {
    const goal = written + times;
    while (written < goal && child.exitCode === null)
      await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(child.exitCode).toBe(null);
  };
  await writeMore(1);
  return {
    written: () => written,
    writeMore,
    kill: () => {
      child.kill('SIGKILL');
      return closed;
    },
  };
}

/** A graph with so many MiB of another program's rows in it. */
export function heavyGraph(mode: 'wal' | 'delete', mib: number, pageSize = 4096): string {
  const path = graphWith({ nodes: [{ id: 'audit_event:1' }, { id: 'audit_event:2' }] });
  const db = new Database(path);
  db.exec('PRAGMA journal_mode = DELETE');
  db.exec(`PRAGMA page_size = ${pageSize}; VACUUM; CREATE TABLE ballast(content)`);
  db.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO ballast SELECT randomblob(1024) FROM n`,
  ).run(mib * 1024);
  db.exec(`PRAGMA journal_mode = ${mode}`);
  db.close();
  return path;
}

/** The numbers of the pairs that a file holds; fails where it is torn. */
export function readPairs(path: string): readonly number[] {
  const db = new Database(path, { timeout: 30_000 });
  try {
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    const numbers = (table: string) => db.prepare<[], number>(`SELECT at FROM ${table} ORDER BY at`).pluck().all();
    const [lefts, rights] = db.transaction(() => [numbers('lefts'), numbers('rights')] as const)();
    expect(lefts).toEqual(rights);
    return lefts;
  } finally {
    db.close();
  }
}
