import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AuditError } from '../model/errors.ts';
import type { Io } from './io.ts';
import type { RawSettings, SettingLayer } from './setting-layers.ts';
import { joinSources } from './source-list.ts';

/**
 * Finds the config file: the one named with `--config` or `AUDIT_EXTRACT_CONFIG`, else
 * `$XDG_CONFIG_HOME/audit-extract/config.json` (by default under `~/.config`) where there is one.
 */
export function findConfig(named: string | undefined, { env, folder }: Pick<Io, 'env' | 'folder'>): string | undefined {
  const chosen = named ?? (env['AUDIT_EXTRACT_CONFIG'] || undefined);
  if (chosen !== undefined) return resolve(folder, chosen);
  const path = defaultPath(env);
  return path !== undefined && existsSync(path) ? resolve(folder, path) : undefined;
}

/** Reads a config file. */
export async function configLayer(path: string): Promise<SettingLayer> {
  return { values: await parseConfig(path), folder: dirname(path), nameOf: (setting) => `${setting} in ${path}` };
}

function defaultPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const home = env['HOME'] && join(env['HOME'], '.config');
  const base = env['XDG_CONFIG_HOME'] || home;
  return base ? join(base, 'audit-extract', 'config.json') : undefined;
}

async function parseConfig(path: string): Promise<RawSettings> {
  const { z } = await import('zod');
  const text = z.string().min(1).optional();
  const list = z.union([z.string(), z.array(z.string()).transform((parts) => parts.join(','))]).optional();
  const pattern = z
    .strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'give 1 to 40 of a-z, 0-9 and -'),
      pattern: z.string().min(1),
      flags: z
        .string()
        .regex(/^[imsu]*$/, 'give any of imsu')
        .optional(),
    })
    .refine(isExpression, 'not a regular expression');
  const schema = z.strictObject({
    source: z.union([z.string().min(1), z.array(z.string().min(1)).nonempty().transform(joinSources)]).optional(),
    origin: list,
    target: text,
    format: text,
    only: list,
    skip: list,
    batchSize: z.number().transform(String).optional(),
    errorStatus: list,
    extractor: list,
    wait: z.number().transform(String).optional(),
    redact: z.boolean().transform(String).optional(),
    edges: z.boolean().transform(String).optional(),
    trail: text,
    linker: list,
    hook: list,
    secretPatterns: z
      .array(pattern)
      .transform((list) => JSON.stringify(list))
      .optional(),
  });
  const parsed = schema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(path, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not as it should be'}`);
}

function isExpression({ pattern, flags }: { readonly pattern: string; readonly flags?: string | undefined }): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : String(error), error);
  }
}

function invalid(path: string, why: string, cause?: unknown): AuditError {
  return new AuditError(
    'config-invalid',
    `config file ${path} cannot be used: ${why}`,
    'docs/configuration.md lists what it may hold',
    cause,
  );
}
