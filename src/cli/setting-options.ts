import type { Command } from 'commander';

/** The flags for what a run does, of every command that runs or writes down a run. */
export interface SettingOptions {
  readonly only?: string;
  readonly skip?: string;
  readonly batchSize?: string;
  readonly errorStatus?: string;
  readonly extractor?: string;
  readonly wait?: string;
  readonly redact?: boolean;
  readonly edges?: boolean;
  readonly trail?: string;
  readonly linker?: string;
  readonly hook?: string;
}

/** A list flag may be given more than once. */
export const collect = (value: string, before: string | undefined): string =>
  before === undefined ? value : `${before},${value}`;

/** The flag for hooks, of every command that writes nodes. */
export const HOOK_OPTION = [
  '--hook <module>',
  'call hooks of your own when nodes are written: a file or a package',
  collect,
] as const;

/** Declares the flags for what a run does. */
export function addSettingOptions(command: Command): Command {
  return command
    .option('--only <names>', 'run these extractors only, separated by commas', collect)
    .option('--skip <names>', 'leave these extractors out', collect)
    .option('--batch-size <n>', 'nodes in one transaction, at the most (default: 5000)')
    .option('--error-status <list>', 'the statuses that mean failure (default: error)', collect)
    .option('--extractor <module>', 'add an extractor of your own: a file or a package', collect)
    .option('--redact', 'replace secrets in texts, which is the default')
    .option('--no-redact', 'leave secrets in texts as they are')
    .option('--edges', 'make the edges of what is written: to trail, session, tool, agents, tasks and user')
    .option('--no-edges', 'make no edges, which is the default')
    .option('--trail <id>', 'the trail that events hang on (default: the only one, or audit_trail:main)')
    .option('--linker <module>', 'add a linker of your own: a file or a package', collect)
    .option(...HOOK_OPTION)
    .option('--wait <seconds>', 'seconds to wait for another run (default: 0), or for a locked file (5 at the least)');
}
