import { findSources } from '../jobs/find-sources.ts';
import { AuditError } from '../model/errors.ts';
import { compareUtf8 } from '../model/text.ts';
import { originOfSource, originsIn } from './origin-of.ts';
import { resolveRunSettings, resolveTargetBeside } from './run-settings.ts';
import { type Given, pickSetting, type SettingLayer } from './setting-layers.ts';
import { namesSeveral, sourcesIn } from './source-list.ts';

/** A source, and what it is called among several of one graph. */
export interface NamedSource {
  readonly source: string;
  readonly origin: string | undefined;
}

/** The sources of one graph, in the order of their paths. */
export interface NamedSources {
  readonly target: string;
  readonly sources: readonly NamedSource[];
  /** Whether several were asked for, however many there are today. */
  readonly areSeveral: boolean;
}

const TOLD = 10;

/** Finds the sources that the settings name, each with its origin. Throws where two could not be told apart. */
export async function namedSources(layers: readonly SettingLayer[], home: string | undefined): Promise<NamedSources> {
  const given = pickSetting(layers, 'source');
  if (given === undefined || !namesSeveral(given)) {
    const { source, origin, target } = resolveRunSettings(layers, home);
    return { target, sources: [{ source, origin }], areSeveral: false };
  }
  const target = resolveTargetBeside(given, pickSetting(layers, 'target'), home);
  const sources = await nameAll(given, pickSetting(layers, 'origin'), target);
  if (sources.length > 1) requireDistinct(sources);
  return { target, sources: sources.toSorted((a, b) => compareUtf8(a.source, b.source)), areSeveral: true };
}

async function nameAll(given: Given, origin: Given | undefined, target: string): Promise<readonly NamedSource[]> {
  const [patterns, templates] = [sourcesIn(given), originsIn(origin)];
  if (templates.length > 1 && templates.length !== patterns.length) {
    const message = `${patterns.length} sources and ${templates.length} origins are given`;
    throw new AuditError('usage', message, 'give --origin once for each --source in order, or one for all');
  }
  const named = new Map<string, NamedSource>();
  for (const [at, pattern] of patterns.entries()) {
    const template = templates.length > 1 ? templates[at] : templates[0];
    for (const source of await findSources(pattern, given.folder, target)) {
      const name = origin && template !== undefined ? originOfSource(template, source, origin) : undefined;
      if (!named.has(source)) named.set(source, { source, origin: name });
    }
  }
  return [...named.values()];
}

function requireDistinct(sources: readonly NamedSource[]): void {
  const origins = sources.map(({ origin }) => origin);
  if (!origins.includes(undefined) && new Set(origins).size === origins.length) return;
  const pairs = sources
    .slice(0, TOLD)
    .map(({ source, origin }) => `${source} ${origin === undefined ? 'has none' : `is ${origin}`}`);
  const more = sources.length > TOLD ? [`and ${sources.length - TOLD} more`] : [];
  throw new AuditError(
    'usage',
    `${sources.length} sources need an origin each, and no two the same: ${[...pairs, ...more].join(', ')}`,
    "give --origin '{folder}' or '{name}', of which each is made, or --origin NAME once for each --source in order",
  );
}
