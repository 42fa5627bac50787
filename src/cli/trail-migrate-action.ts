import { setImmediate } from 'node:timers/promises';
import { checkApart } from '../jobs/check-paths.ts';
import { migrateTrail } from '../jobs/migrate-trail.ts';
import { badValue } from '../model/bad-value.ts';
import { AuditError, exitCodes } from '../model/errors.ts';
import { AUDIT_TRAIL } from '../model/trail.ts';
import type { MigrationReport } from '../model/trail-migration.ts';
import { ANSWER_FORMATS, type AnswerFormat, renderAnswer } from '../render/answer.ts';
import { renderError, renderWarning } from '../render/error.ts';
import { migrationAnswer } from '../render/trail-migration.ts';
import type { TrailMigrateFlags } from './commands/trail.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { drawingView } from './presentation.ts';
import { requireActor } from './require-actor.ts';
import { parseFormatOf, resolveGraphSettings, resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';

/** `audit-extract trail migrate`: settings, the job, its report. Gives the exit code. */
export async function trailMigrateAction(flags: TrailMigrateFlags, io: Io, screen: Screen): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormatOf(ANSWER_FORMATS, pickSetting(layers, 'format'));
  if (format !== 'table') screen.format = format === 'csv' ? 'table' : format;
  const { source, target } = resolveGraphSettings(layers, io.env['HOME']);
  const { trail, waitMs } = resolveSettings(layers);
  checkApart(source, target);
  const from = parseFrom(flags.from);
  const dryRun = flags.dryRun === true;
  const actor = requireActor(flags.actor);
  const { signal, clock } = io;
  for await (const event of migrateTrail({ target, trail, from, actor, dryRun, waitMs, signal, clock })) {
    // Signals get their turn here: SQLite keeps the event loop to itself.
    await setImmediate();
    if (event.type !== 'migration-finished') continue;
    const { report } = event;
    if (isShown(report, format, flags)) {
      await screen.out.write(await renderAnswer(migrationAnswer(report), format, drawingView(flags, io)));
    }
    await screen.err.write(report.warnings.map((warning) => renderWarning('trail', warning)).join(''));
    if (report.error) await screen.err.write(renderError(report.error));
    return report.error ? exitCodes[report.error.code] : 0;
  }
  throw new Error('the migration ended without a report');
}

function parseFrom(types: readonly string[] | undefined): readonly string[] | undefined {
  for (const value of types ?? []) {
    if (value === '') throw badValue({ name: '--from', value }, 'name a type of nodes, like CDocs');
    if (value !== AUDIT_TRAIL) continue;
    const hint = 'an event that hangs on a trail stays there; leave it out';
    throw new AuditError('usage', `--from cannot be '${AUDIT_TRAIL}'`, hint);
  }
  return types;
}

/** Of what never began, people and spreadsheets are shown the error alone. */
function isShown(
  { trail, error, events_migrated }: MigrationReport,
  format: AnswerFormat,
  { quiet }: TrailMigrateFlags,
) {
  if (format === 'json' || format === 'ndjson') return true;
  return trail !== null && (!quiet || error !== undefined || events_migrated > 0);
}
