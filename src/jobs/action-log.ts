import { recordCleaner } from '../engine/clean-record.ts';
import { type LinkEvent, linkEvents } from '../engine/link-events.ts';
import { edgesOfNode } from '../engine/linking.ts';
import { chooseTrail, warnOfTrail } from '../graph/choose-trail.ts';
import { hasEvent } from '../linkers/has-event.ts';
import { performedBy } from '../linkers/performed-by.ts';
import type { LoggedAction, LogOutcome } from '../model/action-report.ts';
import type { Entry } from '../model/entry.ts';
import { AuditError } from '../model/errors.ts';
import type { GraphDatabase } from '../model/graph-database.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { Target } from '../model/target.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { currentUser } from './current-user.ts';
import type { GraphJob } from './graph-job.ts';
import { openDatabase } from './open-database.ts';
import { packageVersion } from './package-version.ts';

/** Where actions are logged; the graph is made where there is none. */
export interface ActionLogOptions extends GraphJob {
  /** The trail that actions hang on; the graph's own unless named. */
  readonly trail?: string | undefined;
  /** How secrets are kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings | undefined;
}

const LINKERS = [hasEvent, performedBy];
const ORIGIN = { subtype: 'user_action', table: 'kg_nodes' };

/** Opens a graph to log actions in it. Runs may go on meanwhile. */
export async function openActionLog(options: ActionLogOptions): Promise<ActionLog> {
  const database = await openDatabase(options.target, undefined, options.signal);
  try {
    await database.requireWritable(undefined);
    return await openIn(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openIn(database: GraphDatabase, options: ActionLogOptions): Promise<ActionLog> {
  const now = new Date(options.clock()).toISOString();
  const target = await database.openTarget({
    origins: [ORIGIN],
    now,
    program: `audit-extract ${packageVersion()}`,
    patience: { waitMs: options.waitMs ?? 0, signal: options.signal },
    cleaner: recordCleaner(createRedactor(options.redaction ?? RECOMMENDED)),
    hooks: options.hooks ?? [],
    isRun: false,
    edges: { linkers: undefined, types: LINKERS.map(({ edgeType }) => edgeType) },
  });
  try {
    if (target.links === undefined) throw new Error('a target for edges makes none');
    const { trails } = target.links;
    const warnings = await warnOfTrail(trails, options.trail);
    const link = linkEvents(LINKERS, { trail: await chooseTrail(trails, options.trail, now), now });
    return new ActionLog({ database, target, link, warnings, actor: options.actor ?? currentUser() });
  } catch (error) {
    await target.close();
    throw error;
  }
}

/** What actions are logged with. */
interface ActionDesk {
  readonly database: GraphDatabase;
  readonly target: Target;
  readonly link: LinkEvent;
  readonly actor: string;
  readonly warnings: readonly string[];
}

/** Logs actions: node, its edge from the trail and, with a user, its edge to the user, in one transaction. */
export class ActionLog {
  readonly #database: GraphDatabase;
  readonly #target: Target;
  readonly #link: LinkEvent;
  readonly #actor: string;
  /** What is to be said of where actions go. */
  readonly warnings: readonly string[];

  constructor({ database, target, link, actor, warnings }: ActionDesk) {
    this.#database = database;
    this.#target = target;
    this.#link = link;
    this.#actor = actor;
    this.warnings = warnings;
  }

  /** Logs actions that were prepared, in their order. At one that cannot be logged it ends; those before it are in. */
  async log(entries: readonly Entry[]): Promise<LogOutcome> {
    const logged: LoggedAction[] = [];
    let error: unknown;
    for (let end = entries.length; logged.length < end; ) {
      try {
        logged.push(...(await this.#write(entries.slice(logged.length, end))));
      } catch (thrown) {
        error = thrown;
        // Those before it were undone with it, and are written once more.
        end = thrown instanceof ActionDiffers ? entries.indexOf(thrown.entry) : logged.length;
      }
    }
    return { logged, error };
  }

  async close(): Promise<void> {
    try {
      await this.#target.close();
    } finally {
      await this.#database.close();
    }
  }

  /** Gives what became of the first ones, as many as one transaction takes. */
  async #write(entries: readonly Entry[]): Promise<readonly LoggedAction[]> {
    const known = new Set<Entry>();
    const { entries: done, changes } = await this.#target.write({
      entries,
      actor: this.#actor,
      fold: (stored, entry, hasNode) => {
        if (stored.state !== entry.state) throw new ActionDiffers(entry);
        // Somebody has removed it, and wants it logged.
        if (!hasNode()) return entry;
        known.add(entry);
        return undefined;
      },
      touch: false,
      linking: { edgesOf: (...of) => edgesOfNode(undefined, this.#link, ...of), after: undefined },
      checkpointAfter: () => undefined,
    });
    const vetoed = new Set(changes.filter(({ isVetoed }) => isVetoed === true).map(({ node }) => node.id));
    return entries.slice(0, done).map((entry) => {
      const { id } = entry.node;
      if (known.has(entry)) return { id, outcome: 'logged before' };
      return { id, outcome: vetoed.has(id) ? 'vetoed' : 'logged' };
    });
  }
}

class ActionDiffers extends AuditError {
  readonly entry: Entry;

  constructor(entry: Entry) {
    const message = `another action is logged as ${entry.node.id} already, and what is recorded is not changed`;
    super('action-differs', message, 'give each action a key of its own');
    this.entry = entry;
  }
}
