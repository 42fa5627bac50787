import { availableParallelism, cpus, totalmem } from 'node:os';
import { connect } from '../../src/sqlite/connect.ts';

/** What a number is worth nothing without; nothing that tells one machine of a kind from another. */
export interface MachineFacts {
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly sqlite: string;
}

/** The facts of the machine that this runs on. */
export function machineFacts(): MachineFacts {
  const db = connect(':memory:');
  const sqlite = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? 'unknown';
  db.close();
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    sqlite,
  };
}
