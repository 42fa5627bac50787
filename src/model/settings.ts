import type { RedactionSettings } from './redaction.ts';

/** The settings of jobs that name no file, understood: plain data, so that threads can have them, too. */
export interface Settings {
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[] | undefined;
  readonly batchSize: number;
  readonly errorStatuses: readonly string[];
  /** Extractor modules from outside, each with the folder it is named from. */
  readonly modules: readonly ModuleName[];
  /** How long to wait for others that are in the way, in milliseconds. */
  readonly waitMs: number | undefined;
  readonly redaction: RedactionSettings;
  /** Whether edges are made with nodes. */
  readonly wantsEdges: boolean;
  /** The trail that events hang on. */
  readonly trail: string | undefined;
  /** Linker modules from outside. */
  readonly linkerModules: readonly ModuleName[];
  readonly hookModules: readonly ModuleName[];
}

/** A module from outside, and the folder it is named from. */
export interface ModuleName {
  readonly specifier: string;
  readonly folder: string;
}
