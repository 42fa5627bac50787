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
  const origins = [...new Set(checkpoints.map((checkpoint) => namesOfCheckpoint(checkpoint).origin))];
  if (origins.length === 0 || origins.includes(origin)) return;
  const twins = origins.filter((other) => isSourceOf(source, checkpointsOf(other, checkpoints)));
  if (twins.length > 0) {
    const [twin] = twins;
    const [was, hint] =
      twin === undefined
        ? ['without an origin', 'run it without --origin']
        : [`as origin ${twin}`, `run it with --origin ${twin}`];
    throw new AuditError(
      'source-known',
      `source ${source.path} was read ${was} before, so all its events would be in the graph twice`,
      `${hint}; --accept-source takes it all the same`,
    );
  }
  if (origin !== undefined) return;
  const names = origins.flatMap((other) => other ?? []);
  const told =
    names.length > TOLD ? `${names.slice(0, TOLD).join(', ')} and ${names.length - TOLD} more` : names.join(', ');
  throw new AuditError(
    'origin-missing',
    `the graph holds events of ${told}, and nothing says which machine source ${source.path} is of`,
    'give --origin NAME; --accept-source takes it without one',
  );
}
