import { join } from 'node:path';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { buildSessionsDb, type FixtureTable, usualTables } from '../../fixtures/sessions-db.ts';
import { tempFolder } from './temp-folder.ts';

/** A folder with a source, and the path of a target that is not there yet. */
export interface Scene {
  readonly folder: string;
  readonly source: string;
  readonly target: string;
  /** The flags that name both. */
  readonly paths: readonly string[];
}

/** A scene of its own for the running test, its source built by `build`. */
export function sceneWith(build: (source: string) => void): Scene {
  const folder = tempFolder();
  const [source, target] = [join(folder, 'sessions.db'), join(folder, 'org.db')];
  build(source);
  return { folder, source, target, paths: ['--source', source, '--target', target] };
}

/** 5 tool errors, 4 session boundaries and 2 task completions. */
export const orchardScene = (): Scene => sceneWith(buildOrchardWeek);

export const tablesScene = (tables: { readonly [table: string]: FixtureTable }): Scene =>
  sceneWith((source) => buildSessionsDb(source, tables));

/** One event, whose rows are of so many agents, `agent 0` the first: more than the ten that its node names. */
export const agentsScene = (agents = 25): Scene =>
  tablesScene(
    usualTables({
      tool_analytics: Array.from({ length: agents }, (_, at) => ({
        session_id: 's',
        tool_name: 'Bash',
        status: 'error',
        error_type: 'e',
        agent_name: `agent ${at}`,
      })),
    }),
  );
