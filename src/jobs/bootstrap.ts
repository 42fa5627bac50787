import { recordCleaner } from '../engine/clean-record.ts';
import type { GraphStore } from '../model/graph-store.ts';
import type { Hook } from '../model/hook.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { currentUser } from './current-user.ts';
import { openDatabase } from './open-database.ts';
import { owningStore } from './owning-store.ts';

/** How a graph is opened. */
export interface BootstrapOptions {
  /** Whether what is missing is made, file and tables; it is unless told not to. */
  readonly create?: boolean | undefined;
  /** Who writes; the user of the system unless given. */
  readonly actor?: string | undefined;
  /** Called with every node that is written, in this order. */
  readonly hooks?: readonly Hook[] | undefined;
  /** How secrets are kept out of what is written; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings | undefined;
  /** How long locks of others are waited for, in milliseconds; 5,000 at the least. */
  readonly waitMs?: number | undefined;
  /** Ends a wait. */
  readonly signal?: AbortSignal | undefined;
  /** Reads the time, in milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Opens a graph to read and write it record by record: makes what is missing unless told not to, and makes sure that it takes
 * what this program writes. Throws an `AuditError` where it does not.
 */
export async function bootstrap(target: string, options: BootstrapOptions = {}): Promise<GraphStore> {
  const { create = true, actor = currentUser(), redaction = RECOMMENDED, waitMs = 0, clock = Date.now } = options;
  const database = await openDatabase(target);
  try {
    await database.requireWritable(undefined);
    const store = await database.openStore({
      create,
      actor,
      hooks: options.hooks ?? [],
      cleaner: recordCleaner(createRedactor(redaction)),
      patience: { waitMs, signal: options.signal ?? new AbortController().signal },
      clock: () => new Date(clock()).toISOString(),
    });
    return owningStore(store, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}
