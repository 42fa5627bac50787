import type { Settings } from '../model/settings.ts';

/** What a thread is started with: plain data, as it crosses over. Paths are absolute. */
export interface ThreadSettings extends Settings {
  readonly target: string;
  /** Undefined where none is known. */
  readonly source: string | undefined;
  /** What the source is called among several of one graph. */
  readonly origin: string | undefined;
  /** Whether whoever waits for an answer goes first, as for a job that takes long. */
  readonly isBackground?: boolean;
}
