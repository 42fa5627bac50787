import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../src/sqlite/connect.ts';
import { logActions, ours } from './commands.ts';
import type { Measurements } from './measurements.ts';

/** So many actions are logged in one go. */
const ACTIONS = 10_000;

/** Asks a graph, and logs actions in it. */
export async function measureQuestions(target: string, folder: string, measurements: Measurements): Promise<void> {
  const { tool, rareTool, session, errorType } = chooseValues(target);
  const query = (...filters: readonly string[]) => ours('query', '--target', target, '--json', ...filters);
  await measurements.measure('query-newest', query());
  await measurements.measure('query-tool', query('--tool', tool, '--error-type', errorType));
  await measurements.measure('query-rare', query('--tool', rareTool));
  await measurements.measure('query-session', query('--session', session));
  await measurements.measure('query-words', query('--text', errorType.split('_')[0] ?? ''));
  await measurements.measure('stats', ours('stats', '--target', target, '--json'));
  const actions = join(folder, 'actions.ndjson');
  writeFileSync(actions, Array.from({ length: ACTIONS }, (_, at) => `${JSON.stringify(actionOf(at))}\n`).join(''));
  await measurements.measure('log', logActions(target, actions));
}

/** Values that many nodes have, and few. */
function chooseValues(target: string) {
  const db = connect(target, { readonly: true });
  try {
    const labels = db.prepare<[], { what: string; how: string }>(
      "SELECT what, how FROM audit_labels WHERE subtype = 'tool_error' ORDER BY row_count DESC",
    );
    const all = labels.all();
    const session = db.prepare<[], string>("SELECT session FROM audit_sessions WHERE subtype = 'tool_error'").pluck();
    const [most] = all;
    return {
      tool: most?.what ?? '',
      errorType: most?.how ?? '',
      rareTool: all.at(-1)?.what ?? '',
      session: session.get() ?? '',
    };
  } finally {
    db.close();
  }
}

function actionOf(at: number) {
  const user = `u-${at % 100}`;
  return {
    action: 'DOCUMENT_MODIFIED',
    user,
    user_name: `User ${user}`,
    details: { document: `doc-${at}`, version: at },
  };
}
