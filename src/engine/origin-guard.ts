import { type Checkpoint, checkpointsOf, namesOfCheckpoint } from '../model/checkpoint.ts';
import { AuditError } from '../model/errors.ts';
import type { Source } from '../model/source.ts';
import { isSourceOf } from './source-identity.ts';

/** So many origins are told of. */
const TOLD = 10;

/**
 * Makes sure that an origin that the graph does not know yet is not a source by another name, whose events would all be there
 * twice, and that among the sources of several machines each is told apart.
 */
export function requireNewOrigin(source: Source, origin: string | undefined, checkpoints: readonly Checkpoint[]): void {
  const origins = originsOf(checkpoints);
  if (origins.length === 0 || origins.includes(origin)) return;
  const twins = origins.filter((other) => isSourceOf(source, checkpointsOf(other, checkpoints)));
  if (twins.length > 0) throw knownError(source, twins[0]);
  if (origin !== undefined) return;
  throw new AuditError(
    'origin-missing',
    `the graph holds events of ${told(origins)}, and nothing says which machine source ${source.path} is of`,
    'give --origin NAME; --accept-source takes it without one',
  );
}

/** Makes sure that a graph that runs have written holds anything of an origin: of a misspelt one, nothing would disagree. */
export function requireKnownOrigin(origin: string | undefined, checkpoints: readonly Checkpoint[]): void {
  const origins = originsOf(checkpoints);
  if (origins.length === 0 || origins.includes(origin)) return;
  throw new AuditError(
    'origin-missing',
    `the graph holds events of ${told(origins)}, and none of ${origin === undefined ? 'a source without one' : `origin ${origin}`}`,
    'name the one that the source is of with --origin',
  );
}

function originsOf(checkpoints: readonly Checkpoint[]): readonly (string | undefined)[] {
  return [...new Set(checkpoints.map((checkpoint) => namesOfCheckpoint(checkpoint).origin))];
}

function told(origins: readonly (string | undefined)[]): string {
  const names = origins.map((origin) => (origin === undefined ? 'a source without an origin' : `origin ${origin}`));
  const more = names.length > TOLD ? [`${names.length - TOLD} more`] : [];
  return [...names.slice(0, TOLD), ...more].join(', ');
}

function knownError(source: Source, twin: string | undefined): AuditError {
  const [was, hint] =
    twin === undefined
      ? ['without an origin', 'run it without --origin']
      : [`as origin ${twin}`, `run it with --origin ${twin}`];
  return new AuditError(
    'source-known',
    `source ${source.path} was read ${was} before, so all its events would be in the graph twice`,
    `${hint}; --accept-source takes it all the same`,
  );
}
