import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAuditTables } from '../../src/sqlite/audit-tables.ts';
import { connect } from '../../src/sqlite/connect.ts';
import { createNodeTable, makeGraphFile } from '../../src/sqlite/store/make-graph.ts';
import { inspectNodeTable } from '../../src/sqlite/target-schema.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('who finds no kg_nodes, and is overtaken by somebody who makes the whole graph, takes that one', () => {
  const path = join(tempFolder(), 'org.db');
  makeGraphFile(path);
  const [slow, fast] = [connect(path), connect(path)];
  expect(inspectNodeTable(slow, path)).toBeUndefined();
  createNodeTable(fast, path);
  createAuditTables(fast, path);
  expect(createNodeTable(slow, path).columns.get('id')).toBe('id');
  slow.close();
  fast.close();
});
