import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeAllNodes } from '../../scripts/bench/plain-sql.ts';
import { prepareSessions } from '../../scripts/bench/session-database.ts';
import { connect } from '../../src/sqlite/connect.ts';
import { createGraphTables } from '../../src/sqlite/store/graph-tables.ts';
import { readContent } from '../support/read-graph.ts';
import { runJob } from '../support/run-job.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('the SQL that the program is measured against makes the same nodes', async () => {
  const folder = tempFolder();
  const { path } = prepareSessions(folder, 50_000);
  const [plain, ours] = [join(folder, 'plain.db'), join(folder, 'ours.db')];
  const db = connect(plain);
  createGraphTables(db);
  db.exec(makeAllNodes(path));
  db.close();
  await runJob({ source: path, target: ours });
  expect(readContent(plain)).toEqual(readContent(ours));
});
