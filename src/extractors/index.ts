import type { AnyExtractor } from '../model/extractor.ts';
import { sessionBoundaries } from './session-boundaries.ts';
import { taskCompletions } from './task-completions.ts';
import { toolErrors } from './tool-errors.ts';

/** The built-in extractors, in the order they run and are reported. A new one is its file and a line here. */
export const builtinExtractors: readonly AnyExtractor[] = [toolErrors, sessionBoundaries, taskCompletions];
