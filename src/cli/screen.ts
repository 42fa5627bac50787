import type { Format } from '../render/renderer.ts';
import type { Output } from './output.ts';

/** Where the parts of a command's output go, and in which form. */
export interface Screen {
  readonly out: Output;
  readonly err: Output;
  /** How failures are told: a guess from the command line at first, then what the settings say. */
  format: Format;
}
