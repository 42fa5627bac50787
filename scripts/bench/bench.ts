import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { documentPath, withPart } from '../generated-docs.ts';
import { type BenchOptions, HELP, readOptions, UsageError } from './bench-options.ts';
import { buildModules } from './build-modules.ts';
import { sqlOn } from './commands.ts';
import { drawTable, markdownTable } from './draw-table.ts';
import { machineFacts } from './machine-facts.ts';
import { measureProcess } from './measure-process.ts';
import { type BenchSetup, measureRound, measureStarts } from './measure-round.ts';
import { Measurements } from './measurements.ts';
import { COUNT_ERRORS } from './plain-sql.ts';
import { factsLine, goalsTable, timesTable } from './result-tables.ts';
import { resultsJson } from './results-json.ts';
import { say } from './say.ts';
import { prepareSessions, removeAppended } from './session-database.ts';
import { labelsOf } from './subjects.ts';

const STARTS = 15;
const DOCUMENT = 'docs/performance.md';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(HELP);
  else await bench(options);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** Makes the databases, measures, and tells. */
async function bench(options: BenchOptions): Promise<void> {
  buildModules();
  const measurements = await measureAll(options);
  const facts = machineFacts();
  const tables = [timesTable(measurements), goalsTable(measurements)];
  process.stdout.write(`${[factsLine(facts), ...tables.map(drawTable)].join('\n')}\n`);
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, resultsJson(options, facts, measurements));
  if (options.docs) {
    const path = documentPath(DOCUMENT);
    const text = [factsLine(facts), ...tables.map(markdownTable)].join('\n\n');
    writeFileSync(path, withPart(readFileSync(path, 'utf8'), 'bench', `\n${text}\n`));
  }
}

async function measureAll(options: BenchOptions): Promise<Measurements> {
  const setup = await prepare(options);
  const measurements = new Measurements(labelsOf(options));
  for (let round = 1; round <= options.repeat; round++) {
    say(`round ${round} of ${options.repeat}`);
    await measureRound(setup, round, measurements);
  }
  say(`starting ${STARTS} times`);
  await measureStarts(STARTS, measurements);
  return measurements;
}

/** Makes the databases and reads each once, so that the first process measured finds them in memory as the others do. */
async function prepare({ folder, rows, newRows, baseline }: BenchOptions): Promise<BenchSetup> {
  const [whole, tenth] = [prepareSessions(folder, rows), prepareSessions(folder, Math.floor(rows / 10))];
  for (const database of [whole, tenth]) {
    removeAppended(database);
    await measureProcess('reading once', sqlOn(database.path, COUNT_ERRORS));
  }
  return { whole, tenth, newRows, baseline, folder };
}
