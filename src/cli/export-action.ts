import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkNames } from '../jobs/check-paths.ts';
import { exportGraph } from '../jobs/export-graph.ts';
import { replaceFileBy, requireReplaceable } from '../jobs/replace-file.ts';
import { badValue } from '../model/bad-value.ts';
import { AuditError } from '../model/errors.ts';
import { renderWarning } from '../render/error.ts';
import { EXPORT_FILES, EXPORT_FORMATS, type ExportFormat } from '../render/export-formats.ts';
import { exportParts } from '../render/export-parts.ts';
import type { ExportFlags } from './commands/export.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { resolveGraphSettings, resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** `audit-extract export`: reads the graph, and writes it to stdout, or to a file whole or not at all. Gives the exit code. */
export async function exportAction(flags: ExportFlags, io: Io, screen: Screen): Promise<number> {
  const { format: given, out: place, includeDeleted = false, ...files } = flags;
  const format = parseExportFormat(given);
  // Of failures, lines of JSON have a form; the other formats have none.
  screen.format = format === 'ndjson' ? 'ndjson' : 'table';
  const layers = await layersOf(files, io);
  const { target, source } = resolveGraphSettings(layers, io.env['HOME']);
  const { redaction } = resolveSettings(layers);
  checkNames(source, target);
  const out = outOf(place, format, io);
  if (out !== undefined) requireReplaceable(out);
  const isWhole = format === 'csv' || format === 'ndjson';
  const question = { includeDeleted, edges: isWhole ? 'all' : 'joined' } as const;
  await exportGraph({ ...question, target, redaction, signal: io.signal }, async (graph) => {
    await screen.err.write(graph.warnings.map((warning) => renderWarning('export', warning)).join(''));
    const parts = exportParts(graph, format);
    if (out !== undefined) return replaceFileBy(out, parts);
    for await (const part of parts) {
      await screen.out.write(part);
      // Nobody reads the rest.
      if (screen.out.gone) return;
    }
  });
  return 0;
}

function parseExportFormat(value = 'csv'): ExportFormat {
  const format = EXPORT_FORMATS.find((name) => name === value);
  if (format !== undefined) return format;
  throw badValue({ name: '--format', value }, `choose one of ${EXPORT_FORMATS.join(', ')}`);
}

/** The file to write; undefined for stdout. */
function outOf(value: string | undefined, format: ExportFormat, io: Io): string | undefined {
  if (value === '') throw badValue({ name: '--out', value }, 'name a file, a folder, or - for stdout');
  if (value === undefined || value === '-') {
    if (format !== 'csv' || io.stdout.isTTY !== true) return undefined;
    const hint = 'name a file with --out, or pipe it somewhere';
    throw new AuditError('usage', 'a zip is not written to a terminal', hint);
  }
  const path = resolve(io.folder, value);
  return isFolder(path) ? join(path, EXPORT_FILES[format]) : path;
}

/** What cannot be looked at, like a link that leads to itself, is told of when it is written. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
