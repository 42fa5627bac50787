import { join } from 'node:path';
import { appendRows, buildSessionsDb, type FixtureRow, usualTables } from '../../fixtures/sessions-db.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A machine whose rows have the numbers that those of others have, and tell of the same sessions, tools, agents and tasks. */
export interface Machine {
  readonly origin: string;
  readonly source: string;
  /** The flags that name both. */
  readonly flags: readonly string[];
  /** Adds so many rows to each of its tables. */
  grow(rows: number): void;
}

/** A source of so many rows in each table. */
export function machine(origin: string, rows: number): Machine {
  const source = join(tempFolder(), `${origin}.db`);
  buildSessionsDb(source, usualTables({}));
  let made = 0;
  const grow = (more: number) => {
    const numbers = Array.from({ length: more }, (_, at) => made + at);
    made += more;
    for (const [table, rowOf] of Object.entries(ROWS)) {
      appendRows(
        source,
        table,
        numbers.map((number) => rowOf(origin, number)),
      );
    }
  };
  grow(rows);
  return { origin, source, flags: ['--source', source, '--origin', origin], grow };
}

const ROWS: Readonly<Record<string, (origin: string, number: number) => FixtureRow>> = {
  tool_analytics: (origin, number) => ({
    session_id: `s${number % 90}`,
    tool_name: `Tool${number % 7}`,
    status: 'error',
    error_type: number % 3 === 0 ? origin : 'timeout',
    error_message: `${origin} ${number}`,
    agent_name: `agent ${number % 11}`,
    task_id: `T.${number % 40}`,
    created_at: '2026-03-01T08:00:00Z',
  }),
  system_events: (origin, number) => ({ entry_id: number, subtype: 'local_command', content: `${origin} ${number}` }),
  task_tracking: (origin, number) => ({
    task_id: `T.${number}`,
    task_description: `${origin} ${number}`,
    status: 'completed',
    outcome: number % 5 === 0 ? 'failed' : 'success',
  }),
};
