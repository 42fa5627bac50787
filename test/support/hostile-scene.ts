import { expect } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { type Scene, sceneWith } from './scene.ts';

const texts = Object.values(HOSTILE_TEXTS);
/** What acts on a terminal or hides in it, but for the end of a line. */
const ACTING = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u115f\u3164\uffa0]|\u034f|\u17b4/u;

/** Builds a source with every hostile text in every text column. */
export const buildHostileSource = (source: string): void =>
  buildSessionsDb(
    source,
    usualTables({
      tool_analytics: texts.map((text) => ({
        session_id: text,
        tool_name: text,
        status: 'error',
        error_type: text,
        agent_name: text,
        task_id: text,
        created_at: text,
      })),
      system_events: texts.flatMap((text) => [
        { subtype: 'local_command', level: text, content: text },
        { subtype: text, content: null },
        { subtype: 'compact_boundary', compact_trigger: text },
      ]),
      task_tracking: texts.map((text) => ({
        task_id: text,
        task_description: text,
        source: text,
        status: text,
        outcome: text,
        created_at: text,
        updated_at: text,
      })),
    }),
  );

export const hostileScene = (): Scene => sceneWith(buildHostileSource);

/** Makes sure that output does nothing to a terminal and hides nothing in it. */
export function expectHarmless(output: string, where: string): void {
  expect(output.match(ACTING)?.index, `${where}: ${JSON.stringify(output.slice(0, 200))}`).toBeUndefined();
}
