import type { Schema } from '../model/schema.ts';
import { requireTargetFile } from '../sqlite/check-files.ts';
import { readSchema } from '../sqlite/questions/read-schema.ts';
import { requireFileTarget } from './check-paths.ts';

/** Reads the tables of the graph at a path. */
export function schemaOf(target: string): Schema {
  requireFileTarget(target, 'a picture of its tables', 'CALL db.schema.visualization() draws it there');
  requireTargetFile(target);
  return readSchema(target);
}
