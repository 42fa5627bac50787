import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { AuditError, type ErrorCode } from '../model/errors.ts';
import { locateModule } from './locate-module.ts';

/** A kind of module from outside, for messages. */
export interface PluginKind {
  readonly code: ErrorCode;
  /** What it is called. */
  readonly word: string;
  readonly hint: string;
}

/** What a module exports by default, and where it was found. */
interface LoadedModule {
  readonly url: string;
  readonly exported: unknown;
}

/**
 * Loads a module of the user's: a file, named relative to `folder`, or a package that can be required from there. Throws
 * when it is not there, or exports nothing by default.
 */
export async function loadModule(kind: PluginKind, specifier: string, folder: string): Promise<LoadedModule> {
  const url = locate(kind, specifier, folder);
  const exported = defaultExport(await importModule(kind, specifier, url));
  if (exported === undefined) throw invalidPlugin(kind, specifier, 'has no default export');
  return { url, exported };
}

/** A module that is not what it should be. */
export function invalidPlugin(kind: PluginKind, specifier: string, what: string, cause?: unknown): AuditError {
  return new AuditError(kind.code, `${kind.word} ${specifier} ${what}`, kind.hint, cause);
}

function defaultExport(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

async function importModule(kind: PluginKind, specifier: string, url: string): Promise<unknown> {
  try {
    return await import(url);
  } catch (error) {
    throw notLoaded(kind, specifier, error);
  }
}

/** The URL of a module. */
function locate(kind: PluginKind, specifier: string, folder: string): string {
  try {
    return pathToFileURL(realpathSync(locateModule(specifier, folder))).href;
  } catch (error) {
    throw notLoaded(kind, specifier, error);
  }
}

function notLoaded(kind: PluginKind, specifier: string, error: unknown): AuditError {
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return invalidPlugin(kind, specifier, `could not be loaded: ${message}`, error);
}
