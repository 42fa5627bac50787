import type { Schema } from '../model/schema.ts';
import { requireTargetFile } from '../sqlite/check-files.ts';
import { readSchema } from '../sqlite/questions/read-schema.ts';

/** Reads the tables of the graph at a path. */
export function schemaOf(target: string): Schema {
  requireTargetFile(target);
  return readSchema(target);
}
