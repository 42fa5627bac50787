import { type Static, Type } from '@fastify/type-provider-typebox';
import { type ChangeQuestion, OPERATIONS } from '../../model/change.ts';
import { parseTimeRange } from '../../model/time-range.ts';
import { RangeQuery } from './list.ts';

const closed = { additionalProperties: false };
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const object = (description: string) => Type.Object({}, { additionalProperties: true, description });

const USUAL_LIMIT = 100;
const MOST_CHANGES = 1000;
const MOST_SKIPPED = 1_000_000_000;

export const HealthQuery = Type.Object(
  { deep: Type.Optional(Type.Boolean({ default: false, description: 'look at everything, as `doctor --deep` does' })) },
  closed,
);

/** How a graph stands. */
export const Health = Type.Object({
  schema: Type.Literal('audit-extract/health@1'),
  status: Type.Enum(['ok', 'degraded']),
  target: Type.Object({ path: Type.String() }),
  bytes: nullable(Type.Integer(), 'of the file; null on a server'),
  wal_bytes: nullable(Type.Integer(), 'what is written and not in the file yet; null on a server'),
  free_bytes: nullable(Type.Integer(), 'room on the disk of the graph; null where the system does not tell'),
  record: Type.Enum(['none', 'known', 'unknown'], {
    description: 'our record beside the graph: none, of this version, of another one',
  }),
  last_run: nullable(object('as `status --json` has it'), 'the last one that changed something'),
  run_in_progress: nullable(
    Type.Boolean(),
    'whether a run is writing, here or elsewhere; null where that cannot be told',
  ),
  warnings: Type.Array(Type.String(), { description: 'what is to be looked after; none where it is ok' }),
});

/** What `doctor --json` prints. */
export const DoctorReport = Type.Object(
  { program: Type.String(), able: Type.Boolean(), findings: Type.Array(object('check, status, what, todo')) },
  { additionalProperties: true, description: 'with deep' },
);

export const AuditQuery = Type.Object(
  {
    component: text('changes of this type of node or edge alone'),
    record_id: text('of this record'),
    operation: Type.Optional(Type.Enum([...OPERATIONS])),
    actor: text('by this actor'),
    ...RangeQuery,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_CHANGES, default: USUAL_LIMIT })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_SKIPPED, default: 0 })),
  },
  closed,
);

/** What `history --json` prints. */
export const AuditLog = Type.Object({
  schema: Type.Literal('audit-extract/history@1'),
  changes: Type.Array(
    Type.Object({
      number: Type.String(),
      timestamp: Type.String(),
      component: Type.String(),
      record_id: Type.String(),
      operation: Type.String(),
      actor: Type.String(),
      run_id: nullable(Type.Integer(), 'the run that made it'),
      before: Type.Unknown({ description: 'what the record said before' }),
      after: Type.Unknown({ description: 'what it says since' }),
    }),
  ),
  more: Type.Boolean({ description: 'whether there are more: offset and limit show them' }),
  warnings: Type.Array(Type.String()),
});

export const ExportQuery = Type.Object(
  { deleted: Type.Optional(Type.Boolean({ default: false, description: 'nodes that are deleted, too' })) },
  closed,
);

export const RestoreQuery = Type.Object(
  {
    integrity_check: Type.Optional(
      Type.Boolean({ default: true, description: 'have SQLite check every page of the file first' }),
    ),
    dry_run: Type.Optional(Type.Boolean({ default: false, description: 'write nothing, and tell what would change' })),
  },
  closed,
);

/** What `restore --json` prints. */
export const RestoreReport = Type.Object(
  {
    schema: Type.Literal('audit-extract/restore@1'),
    dry_run: Type.Boolean(),
    kept: nullable(Type.String(), 'the file on the server that what was there is kept in'),
    tables: Type.Array(object('table, before, after')),
    warnings: Type.Array(Type.String()),
  },
  { additionalProperties: true },
);

/** The changes that a query asks for. */
export function changeQuestion(query: Static<typeof AuditQuery>, now: number): ChangeQuestion {
  const { component, record_id: record, operation, actor, limit = USUAL_LIMIT, offset = 0 } = query;
  return { component, record, operation, actor, limit, offset, ...parseTimeRange(query, now, (end) => end) };
}
