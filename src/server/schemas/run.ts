import { type Static, Type } from '@fastify/type-provider-typebox';
import type { RunOrder } from '../../threads/tasks/run-extraction.ts';

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const Names = Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 1000 });

/** Which run is asked for. */
export const RunBody = Type.Object(
  {
    full: Type.Optional(Type.Boolean({ default: false, description: 'read everything anew' })),
    dry_run: Type.Optional(Type.Boolean({ default: false, description: 'write nothing, and tell what would change' })),
    edges: Type.Optional(Type.Boolean({ description: 'make edges, too; as the server was started unless given' })),
    only: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'these extractors alone' }),
    ),
    skip: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'all but these extractors' }),
    ),
  },
  { $id: 'RunBody', additionalProperties: false },
);

const fields = {
  id: Type.String(),
  state: Type.Enum(['running', 'done', 'partial', 'interrupted', 'failed'], {
    description: '`partial`: an extractor failed, and others did not; `interrupted`: all whole batches are in',
  }),
  started_at: Type.String({ description: 'ISO 8601' }),
  started_by: Type.String({ description: 'the X-User of whoever started it' }),
  finished_at: nullable(Type.String(), 'ISO 8601; null while it goes on'),
  full: Type.Boolean(),
  dry_run: Type.Boolean(),
  edges: nullable(Type.Boolean(), 'null for as the server was started'),
  only: nullable(Names, 'null for as the server was started'),
  skip: nullable(Names, 'null for as the server was started'),
  error: nullable(
    Type.Object({ code: Type.String(), message: Type.String(), hint: Type.String() }),
    'what ended it early, or kept it from writing anything',
  ),
};

/** A run. */
export const RunRecord = Type.Object(fields, { $id: 'RunRecord' });

/** A run and what came of it. */
export const RunWithReport = Type.Object(
  {
    ...fields,
    report: nullable(
      Type.Object({}, { additionalProperties: true }),
      'what `run --json` prints; null while it goes on',
    ),
  },
  { $id: 'RunWithReport' },
);

/** The id of a run, in a path. */
export const RunParams = Type.Object({ id: Type.String({ minLength: 1 }) });

/** The run that a body asks for. */
export function runOrder({ full = false, dry_run = false, edges, only, skip }: Static<typeof RunBody>): RunOrder {
  return { full, dryRun: dry_run, wantsEdges: edges, only, skip };
}
