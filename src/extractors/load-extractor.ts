import { z } from 'zod';
import type { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { invalidPlugin, loadModule, type PluginKind } from '../plugins/load-module.ts';
import { rememberModule } from './extractor-module.ts';

const EXTRACTOR: PluginKind = {
  code: 'extractor-invalid',
  word: 'extractor',
  hint: 'name a module whose default export is an extractor; docs/writing-an-extractor.md has an example',
};

const aFunction = z.custom((value) => typeof value === 'function', 'must be a function');

const columnKinds = z.record(z.string(), z.enum(['id', 'text', 'number', 'value']));

/** What a module from outside must export by default. */
const extractorFields = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be like tool-errors'),
  version: z.number().int().positive(),
  summary: z.string().min(1),
  subtype: z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be like tool_error'),
  prefix: z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be like err'),
  table: z.string().min(1),
  columns: columnKinds,
  lookup: z
    .object({
      table: z.string().min(1),
      key: z.string(),
      columns: columnKinds,
      meaning: z.string().min(1).optional(),
    })
    .optional(),
  appended: z.boolean().optional(),
  keyColumns: z.array(z.string()).nonempty().optional(),
  keyParts: z.array(z.string()).optional(),
  watch: z.object({ column: z.string(), expected: z.array(z.string()) }).optional(),
  where: aFunction.optional(),
  extract: aFunction,
  fold: z.object({ merge: aFunction, finish: aFunction }).optional(),
});

const extractorShape = extractorFields
  .refine(
    ({ keyColumns, columns, fold }) =>
      !keyColumns || (fold && keyColumns.every((column) => columns[column] === 'text')),
    { path: ['keyColumns'], message: 'must be text columns of an extractor that folds' },
  )
  .refine(({ lookup, columns }) => !lookup || Object.hasOwn(columns, lookup.key), {
    path: ['lookup', 'key'],
    message: 'must be one of the columns',
  })
  .refine(({ lookup, columns }) => !Object.keys(lookup?.columns ?? {}).some((name) => Object.hasOwn(columns, name)), {
    path: ['lookup', 'columns'],
    message: "must have other names than the extractor's own",
  });

/**
 * Loads an extractor of the user's: a file, named relative to `folder`, or a package that can be required from there.
 * Throws when it is not there, does not export an extractor, or takes a name, subtype or prefix of one before it.
 */
export async function loadExtractor(
  specifier: string,
  folder: string,
  others: readonly AnyExtractor[],
): Promise<AnyExtractor> {
  const { url, exported: extractor } = await loadModule(EXTRACTOR, specifier, folder);
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

const invalid = (specifier: string, what: string): AuditError => invalidPlugin(EXTRACTOR, specifier, what);
