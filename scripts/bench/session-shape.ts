/** Raised when the same number of rows would be other rows, so that kept databases are made anew. */
export const SHAPE_VERSION = 1;

/** The tables as sessions.db has them, those columns too that nobody reads: their bytes are what a scan costs. */
export const SESSION_TABLES = `
  CREATE TABLE tool_analytics(
    id INTEGER PRIMARY KEY AUTOINCREMENT, message_id INTEGER, session_id TEXT, task_id TEXT, tool_name TEXT NOT NULL,
    tool_category TEXT, tool_use_id TEXT, status TEXT, error_type TEXT, error_message TEXT, execution_time_ms INTEGER,
    input_size_bytes INTEGER, output_size_bytes INTEGER, agent_name TEXT, created_at TEXT
  );
  CREATE TABLE system_events(
    id INTEGER PRIMARY KEY AUTOINCREMENT, entry_id INTEGER, subtype TEXT, level TEXT, content TEXT, compact_trigger TEXT
  );
  CREATE TABLE task_tracking(
    id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT, task_description TEXT, source TEXT, status TEXT, outcome TEXT,
    tool_success_count INTEGER, tool_error_count INTEGER, created_at TEXT, updated_at TEXT
  );`;

const PRIME = 2_147_483_647;

/** An arithmetic hash of `i`, evenly spread below 2^31: squares modulo a prime, so that neighbours have nothing in common. */
const hash = (i: string, seed: number): string => {
  const mixed = `((${i}) * ${48_271 + 2 * seed} + ${seed * 7919}) % ${PRIME}`;
  return `((${mixed}) * (${mixed}) % ${PRIME})`;
};

/** Numbers from :first to :last with two hashes each. Steps of a recursion are stored, so every hash is made once. */
const NUMBERED = `WITH RECURSIVE n(i, r, q) AS (
  SELECT :first, ${hash(':first', 1)}, ${hash(':first', 2)}
  UNION ALL SELECT i + 1, ${hash('i + 1', 1)}, ${hash('i + 1', 2)} FROM n WHERE i < :last)`;

/** One of some texts, picked by a number; null stays NULL. */
const pick = (by: string, texts: readonly (string | null)[]): string => {
  const cases = texts.map((text, at) => `WHEN ${at} THEN ${text === null ? 'NULL' : `'${text}'`}`);
  return `CASE (${by}) % ${texts.length} ${cases.join(' ')} END`;
};

const TOOLS = 'Bash Bash Bash Read Read Read Edit Edit Grep Write Glob Task WebFetch TodoWrite Skill'.split(' ');
const ERROR_TYPES = [
  null,
  'file_not_found',
  'timeout',
  'permission',
  'exit_code_1',
  'exit_code_1',
  'no_match',
  'input',
];
const START = 1_735_689_600;
const IS_ERROR = 'q % 25 = 0';
const time = (step: number): string => `strftime('%Y-%m-%dT%H:%M:%SZ', ${START} + i * ${step}, 'unixepoch')`;

/** Some 800 calls a session and twenty sessions at a time, so that new rows belong to old sessions as well as to new ones. */
const SESSION = `max(0, i / 800 - r / 47 % 20)`;

/** Inserts tool calls number :first to :last: one in 25 failed, in some half a million ways when there are 17 million. */
export const INSERT_TOOL_CALLS = `${NUMBERED}
  INSERT INTO tool_analytics(message_id, session_id, task_id, tool_name, tool_category, tool_use_id, status, error_type,
    error_message, execution_time_ms, input_size_bytes, output_size_bytes, agent_name, created_at)
  SELECT i / 2,
    printf('%08x-7c2d-4b9e-8a51-%012x', ${SESSION} * 2246822519 % 4294967296, ${SESSION}),
    iif(r % 5 = 0, printf('%c.%d.%d', char(65 + r / 7 % 14), r / 11 % 9, r / 13 % 40), NULL),
    iif(r / 17 % 16 = 15, printf('mcp__server%d__tool%d', r / 19 % 20, r / 23 % 10), ${pick('r / 17 % 16', TOOLS)}),
    'core', printf('toolu_01%08x%08x', r, q), iif(${IS_ERROR}, 'error', 'success'),
    iif(${IS_ERROR}, ${pick('q / 29', ERROR_TYPES)}, NULL),
    iif(${IS_ERROR}, 'Error: the tool ended before it was done; its log says more under number ' || r, NULL),
    r / 31 % 9000, r / 37 % 4000, r / 41 % 20000, iif(r % 3 = 0, printf('agent-%d', r / 43 % 60), NULL), ${time(2)}
  FROM n`;

/** Inserts system events: compactions, commands with texts of some length, and others. */
export const INSERT_EVENTS = `${NUMBERED}
  INSERT INTO system_events(entry_id, subtype, level, content, compact_trigger)
  SELECT i * 7, ${pick('r', ['compact_boundary', 'local_command', 'turn_duration', null])}, 'info',
    CASE r % 4 WHEN 0 THEN 'Conversation compacted'
      WHEN 1 THEN '<command-name>/check</command-name> ' || printf('%0120d', r * q) ELSE '' END,
    iif(r % 4 = 0, ${pick('r / 5', ['auto', 'manual'])}, NULL)
  FROM n`;

/** Inserts tasks, a third of each outcome. */
export const INSERT_TASKS = `${NUMBERED}
  INSERT INTO task_tracking(task_id, task_description, source, status, outcome, tool_success_count, tool_error_count,
    created_at)
  SELECT printf('%c.%d.%d', char(65 + r % 14), i % 9, i % 40), 'Build part number ' || i || ' ' || printf('%080d', r * q),
    'todowrite', 'completed', ${pick('r', ['success', 'failed', null])}, r % 40, r % 7, ${time(600)}
  FROM n`;
