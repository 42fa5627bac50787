import { Command, CommanderError } from 'commander';
import { packageVersion } from '../jobs/package-version.ts';
import { AuditError } from '../model/errors.ts';
import { type ActivityFlags, declareActivity } from './commands/activity.ts';
import { declareExplain, type ExplainFlags } from './commands/explain.ts';
import { declareLink, type LinkFlags } from './commands/link.ts';
import { declareLog, type LogFlags } from './commands/log.ts';
import { declareNeighbors, type NeighborsFlags } from './commands/neighbors.ts';
import { declareQuery, type QueryFlags } from './commands/query.ts';
import { declareRun, type RunFlags } from './commands/run.ts';
import { declareSchedule, type ScheduleFlags } from './commands/schedule.ts';
import { declareSeal, type SealFlags } from './commands/seal.ts';
import { declareShow, type ShowFlags } from './commands/show.ts';
import { declareStats, type StatsFlags } from './commands/stats.ts';
import { declareStatus, type StatusFlags } from './commands/status.ts';
import { declareTrail, type TrailFlags, type TrailMigrateFlags } from './commands/trail.ts';
import { declareVerify, type VerifyFlags } from './commands/verify.ts';

/** What each command does once its flags are read; every one gives an exit code. */
export interface Actions {
  readonly activity: (user: string, flags: ActivityFlags) => Promise<number>;
  readonly link: (flags: LinkFlags) => Promise<number>;
  readonly log: (actionType: string | undefined, flags: LogFlags) => Promise<number>;
  readonly explain: (id: string, flags: ExplainFlags) => Promise<number>;
  readonly query: (flags: QueryFlags) => Promise<number>;
  readonly neighbors: (id: string, flags: NeighborsFlags) => Promise<number>;
  readonly run: (flags: RunFlags) => Promise<number>;
  readonly schedule: (flags: ScheduleFlags) => Promise<number>;
  readonly seal: (flags: SealFlags) => Promise<number>;
  readonly show: (id: string, flags: ShowFlags) => Promise<number>;
  readonly stats: (flags: StatsFlags) => Promise<number>;
  readonly status: (flags: StatusFlags) => Promise<number>;
  readonly trail: (flags: TrailFlags) => Promise<number>;
  readonly trailMigrate: (flags: TrailMigrateFlags) => Promise<number>;
  readonly verify: (flags: VerifyFlags) => Promise<number>;
}

const WITHOUT_COMMAND = new Set(['-h', '--help', '-V', '--version']);

/**
 * Parses a command line and runs the command it names. Gives the exit code and, for `--help` and `--version`, the
 * text that was asked for. Throws an `AuditError` of code `usage` for a line that cannot be understood.
 */
export async function runProgram(argv: readonly string[], actions: Actions): Promise<{ code: number; text: string }> {
  const texts: string[] = [];
  const codes: number[] = [];
  const program = new Command('audit-extract')
    .description('Turns the trail of AI coding sessions (sessions.db) into audit nodes of a knowledge graph (org.db).')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    // Flags after the name of a command are that command's, though the one before it may have them, too.
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => void texts.push(text), writeErr: () => {} })
    .addHelpText(
      'after',
      '\nExamples:\n  $ audit-extract --dry-run\n  $ audit-extract run --help\n  $ audit-extract schedule --systemd\n  $ audit-extract status\n  $ audit-extract query --since 7d\n  $ audit-extract verify',
    );
  declareRun(program, async (flags) => void codes.push(await actions.run(flags)));
  declareActivity(program, async (user, flags) => void codes.push(await actions.activity(user, flags)));
  declareLink(program, async (flags) => void codes.push(await actions.link(flags)));
  declareLog(program, async (name, flags) => void codes.push(await actions.log(name, flags)));
  declareSchedule(program, async (flags) => void codes.push(await actions.schedule(flags)));
  declareSeal(program, async (flags) => void codes.push(await actions.seal(flags)));
  declareTrail(program, {
    trail: async (flags) => void codes.push(await actions.trail(flags)),
    migrate: async (flags) => void codes.push(await actions.trailMigrate(flags)),
  });
  declareVerify(program, async (flags) => void codes.push(await actions.verify(flags)));
  declareNeighbors(program, async (id, flags) => void codes.push(await actions.neighbors(id, flags)));
  declareStatus(program, async (flags) => void codes.push(await actions.status(flags)));
  declareStats(program, async (flags) => void codes.push(await actions.stats(flags)));
  declareShow(program, async (id, flags) => void codes.push(await actions.show(id, flags)));
  declareQuery(program, async (flags) => void codes.push(await actions.query(flags)));
  declareExplain(program, async (id, flags) => void codes.push(await actions.explain(id, flags)));
  try {
    await program.parseAsync(withCommand(argv, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw toUsageError(error);
  }
  return { code: codes[0] ?? 0, text: texts.join('') };
}

/** `run` need not be named, and flags may stand before the command. */
function withCommand(argv: readonly string[], program: Command): string[] {
  if (argv[0] !== undefined && WITHOUT_COMMAND.has(argv[0])) return [...argv];
  const names = program.commands.map((command) => command.name());
  // Commander answers `help` of an unknown command with help of everything, and no word about it.
  if (argv[0] === 'help' && argv[1] !== undefined && !names.includes(argv[1])) return [argv[1]];
  const all = program.commands.flatMap((command) => [command, ...command.commands]);
  const options = all.flatMap((command) => command.options);
  const takesValue = (word: string) => {
    // Of short flags in one word, like -ns, the last one may take a value.
    const flag = /^-\w+$/.test(word) ? `-${word.at(-1)}` : word;
    return options.some(({ required, short, long }) => required && (short === flag || long === flag));
  };
  // A misspelt --flag=value is told as the flag alone: so the nearest is found, and no value is repeated.
  const isKnown = (word: string) => options.some(({ long }) => long === word.split('=')[0]);
  const words = argv.flatMap((word) =>
    /^--[^=]+=/.test(word) && !isKnown(word) ? [word.replace(/=.*/s, '')] : [word],
  );
  const at = words.findIndex((word, i) =>
    i === 0 ? !word.startsWith('-') : names.includes(word) && !takesValue(words[i - 1] ?? ''),
  );
  const command = words[at];
  if (command === undefined) return ['run', ...words];
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  // So does a command of a command.
  const inner = program.commands.find((candidate) => candidate.name() === command)?.commands ?? [];
  const second = rest.findIndex(
    (word, i) => inner.some((one) => one.name() === word) && !takesValue(rest[i - 1] ?? ''),
  );
  const name = rest[second];
  return name === undefined ? [command, ...rest] : [command, name, ...rest.toSpliced(second, 1)];
}

/** Commander puts its suggestion in the message, in brackets on a line of its own. */
function toUsageError(error: CommanderError): AuditError {
  if (error.code === 'commander.help') {
    return new AuditError(
      'usage',
      'a word is missing after the command',
      'audit-extract COMMAND --help lists what may follow',
    );
  }
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion === undefined ? undefined : suggestion.replace(/^\((.*)\)$/, '$1').replace(/^D/, 'd');
  return new AuditError('usage', message, hint ?? 'audit-extract --help lists commands and flags');
}
