import type { Format } from '../render/renderer.ts';
import type { Output } from './output.ts';

/** Where the parts of a command's output go, and in which form. */
export interface Screen {
  readonly out: Output;
  readonly err: Output;
  /** A guess from the command line at first; the settings have the last word. Failures are told in it. */
  format: Format;
}
