import type { Linker } from '../model/linker.ts';
import { byAgent } from './by-agent.ts';
import { byTool } from './by-tool.ts';
import { forTask } from './for-task.ts';
import { hasEvent } from './has-event.ts';
import { inSession } from './in-session.ts';
import { performedBy } from './performed-by.ts';

/** The built-in linkers. A new one is its file and a line here. */
export const builtinLinkers: readonly Linker[] = [hasEvent, performedBy, inSession, byTool, byAgent, forTask];
