import type { Schema } from '../model/schema.ts';
import { readSchema } from '../sqlite/questions/read-schema.ts';
import { requireTargetFile } from './check-paths.ts';

/** Reads the tables of the graph at a path. */
export function schemaOf(target: string): Schema {
  requireTargetFile(target);
  return readSchema(target);
}
