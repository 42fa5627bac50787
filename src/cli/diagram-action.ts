import { resolve } from 'node:path';
import { checkNames } from '../jobs/check-paths.ts';
import { replaceFile, requireReplaceable } from '../jobs/replace-file.ts';
import { schemaOf } from '../jobs/schema-of.ts';
import { badValue } from '../model/bad-value.ts';
import { DIAGRAM_FORMATS, type DiagramFlags } from './commands/diagram.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { resolveGraphSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** `audit-extract diagram`: reads the schema, and writes to stdout or to the file that is named. Gives the exit code. */
export async function diagramAction(flags: DiagramFlags, io: Io, screen: Screen): Promise<number> {
  const { format: given = 'svg', ...others } = flags;
  const format = DIAGRAM_FORMATS.find((name) => name === given);
  if (format === undefined) {
    throw badValue({ name: '--format', value: given }, `choose one of ${DIAGRAM_FORMATS.join(', ')}`);
  }
  const { source, target } = resolveGraphSettings(await layersOf(others, io), io.env['HOME']);
  checkNames(source, target);
  if (flags.out === '') throw badValue({ name: '--out', value: flags.out }, 'name a file');
  const out = flags.out === undefined ? undefined : resolve(io.folder, flags.out);
  if (out !== undefined) requireReplaceable(out);
  const schema = schemaOf(target);
  const text =
    format === 'svg'
      ? (await import('../render/schema-svg.ts')).schemaSvg(schema)
      : (await import('../render/schema-mermaid.ts')).schemaMermaid(schema);
  if (out === undefined) await screen.out.write(text);
  else replaceFile(out, text);
  return 0;
}
