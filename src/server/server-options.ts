import type { ThreadSettings } from '../threads/thread-settings.ts';

/** How a graph is served. */
export interface ServerOptions {
  readonly settings: ThreadSettings;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Whether nothing may be written. */
  readonly isReadOnly: boolean;
  /** Whether the whole database is served, too: health, log of changes, exports, backup and restore. */
  readonly servesDatabase: boolean;
  /** So many nodes of one type, or edges of one, may there be before no more are made over HTTP; undefined for no bound. */
  readonly maxRecords: number | undefined;
  /** What every request to the API must bear; undefined where none is wanted. */
  readonly token: string | undefined;
  /** Names that requests may call this host by, beside those of the loopback and of `host`; lower case. */
  readonly allowedHosts: readonly string[];
  /** Pages of these origins may ask, too. */
  readonly allowedOrigins: readonly string[];
  /** Requests of one address within a second, at the most. */
  readonly requestsPerSecond: number;
  /** The largest database that may be sent to be restored, in bytes. */
  readonly largestUpload: number;
  readonly clock: () => number;
}
