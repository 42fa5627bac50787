import { createHash } from 'node:crypto';
import type { Checkpoint } from '../model/checkpoint.ts';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Change } from '../model/node.ts';
import type { Derivation } from './derivation.ts';
import type { Plan } from './workshop.ts';

/** Digests what a run would do: its checkpoints and all that it would change, in order. */
export class PlanDigest {
  readonly #hash = createHash('sha256');
  readonly #bounds: (bigint | undefined)[] = [];
  #canBind = true;

  /** An extractor's turn begins; it has no derivation where there is nothing for it to do. */
  begin(extractor: string, derivation: Derivation | undefined): void {
    this.#add([extractor]);
    if (derivation === undefined) {
      this.#bounds.push(undefined);
      return;
    }
    const { kind, digest, checkpoint, range } = derivation;
    this.#bounds.push(typeof range === 'object' ? range.upTo : checkpoint?.foldedTo);
    this.#canBind &&= checkpoint?.unfinished === undefined;
    this.#add([kind, digest, checkpoint && partsOf(checkpoint)]);
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.action === 'insert') this.#add(['insert', change.node]);
      if (change.action === 'update') this.#add(['update', change.node, change.before]);
    }
  }

  /** The id of the plan; undefined where a run that was ended early has to be finished first. */
  finish(): string | undefined {
    const bounds = this.#bounds.map((bound) => bound ?? 'none');
    const digest = this.#hash.digest('hex').slice(0, 32);
    return this.#canBind ? ['p1', ...bounds, digest].join('.') : undefined;
  }

  #add(part: unknown): void {
    this.#hash.update(`${JSON.stringify(part)}\n`);
  }
}

function partsOf({ digest, foldedTo, counts, content, landmarks }: Checkpoint): readonly unknown[] {
  return [digest, String(foldedTo), counts, content, landmarks.rows.map(({ id, digest }) => [String(id), digest])];
}

/** What a plan id says for these extractors. Throws on what is no plan id of as many. */
export function parsePlan(id: string, extractors: readonly AnyExtractor[]): Plan {
  const [version, ...rest] = id.split('.');
  const bounds = rest.slice(0, -1);
  const isPlan = version === 'p1' && /^[0-9a-f]{32}$/.test(rest.at(-1) ?? '');
  if (!isPlan || !bounds.every((bound) => /^(none|-?\d{1,19})$/.test(bound))) {
    throw new AuditError('usage', `'${id}' is no plan`, 'give the plan that a dry run prints');
  }
  if (bounds.length !== extractors.length) {
    const hint = 'give the same --only, --skip and --extractor as in the dry run';
    throw new AuditError('usage', `the plan is of ${bounds.length} extractors, the run of ${extractors.length}`, hint);
  }
  const read = (bound = 'none') => (bound === 'none' ? undefined : BigInt(bound));
  return { id, bounds: new Map(extractors.map(({ name }, at) => [name, read(bounds[at])])) };
}

/** The refusal of a plan that no longer says what a run would do. */
export function staleError(): AuditError {
  const hint = 'look at what a new dry run finds, and run the plan that it prints';
  return new AuditError('plan-stale', 'the plan is stale: the source, the graph or the settings have changed', hint);
}
