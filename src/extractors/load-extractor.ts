import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { rememberModule } from './extractor-module.ts';
import { locateModule } from './locate-module.ts';

const aFunction = z.custom((value) => typeof value === 'function', 'must be a function');

/** What a module from outside must export by default. */
const extractorFields = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be like tool-errors'),
  version: z.number().int().positive(),
  summary: z.string().min(1),
  subtype: z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be like tool_error'),
  prefix: z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be like err'),
  table: z.string().min(1),
  columns: z.record(z.string(), z.enum(['id', 'text', 'number', 'value'])),
  appended: z.boolean().optional(),
  keyColumns: z.array(z.string()).nonempty().optional(),
  keyParts: z.array(z.string()).optional(),
  watch: z.object({ column: z.string(), expected: z.array(z.string()) }).optional(),
  where: aFunction.optional(),
  extract: aFunction,
  fold: z.object({ merge: aFunction, finish: aFunction }).optional(),
});

const extractorShape = extractorFields.refine(
  ({ keyColumns, columns, fold }) => !keyColumns || (fold && keyColumns.every((column) => columns[column] === 'text')),
  { path: ['keyColumns'], message: 'must be text columns of an extractor that folds' },
);

/**
 * Loads an extractor of the user's: a file, named relative to `folder`, or a package that can be required from there.
 * Throws when it is not there, does not export an extractor, or takes a name, subtype or prefix of one before it.
 */
export async function loadExtractor(
  specifier: string,
  folder: string,
  others: readonly AnyExtractor[],
): Promise<AnyExtractor> {
  const url = locate(specifier, folder);
  const extractor = defaultExport(await importModule(specifier, url));
  if (extractor === undefined) throw invalid(specifier, 'has no default export');
  if (!isExtractor(extractor)) {
    const [issue] = extractorShape.safeParse(extractor).error?.issues ?? [];
    const where = issue?.path.join('.') || 'default export';
    throw invalid(specifier, `is no extractor: ${where}: ${issue?.message ?? 'not as it should be'}`);
  }
  for (const field of ['name', 'subtype', 'prefix'] as const) {
    if (!others.some((other) => other[field] === extractor[field])) continue;
    throw invalid(specifier, `has the ${field} '${extractor[field]}', which another extractor has already`);
  }
  rememberModule(extractor, url);
  return extractor;
}

/** The object stays as its author made it, so that its functions find what else it has. */
function isExtractor(value: unknown): value is AnyExtractor {
  return extractorShape.safeParse(value).success;
}

function defaultExport(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

async function importModule(specifier: string, url: string): Promise<unknown> {
  try {
    return await import(url);
  } catch (error) {
    throw notLoaded(specifier, error);
  }
}

/** The URL of a module. */
function locate(specifier: string, folder: string): string {
  try {
    return pathToFileURL(realpathSync(locateModule(specifier, folder))).href;
  } catch (error) {
    throw notLoaded(specifier, error);
  }
}

function notLoaded(specifier: string, error: unknown): AuditError {
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return invalid(specifier, `could not be loaded: ${message}`, error);
}

function invalid(specifier: string, what: string, cause?: unknown): AuditError {
  const hint = 'name a module whose default export is an extractor; docs/writing-an-extractor.md has an example';
  return new AuditError('extractor-invalid', `extractor ${specifier} ${what}`, hint, cause);
}
