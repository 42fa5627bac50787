import { type Command, Option } from 'commander';
import type { CommonOptions } from '../common-options.ts';
import { addFileOptions, addProgramOptions, showOrigin } from '../common-options.ts';
import { addSettingOptions, collect, type SettingOptions } from '../setting-options.ts';

/** The flags of `serve`, as commander gives them. */
export interface ServeFlags extends Omit<CommonOptions, 'format'>, SettingOptions {
  readonly port?: string;
  readonly host?: string;
  readonly readOnly?: true;
  readonly maxRecords?: string;
  readonly db: boolean;
  readonly tokenFile?: string;
  readonly allowHost?: string;
  readonly allowOrigin?: string;
  readonly rateLimit?: string;
  readonly maxUpload?: string;
}

const EXAMPLES = `
It listens on this machine alone unless told otherwise; elsewhere it wants a token of whoever asks, from --token-file or
AUDIT_EXTRACT_TOKEN. Interrupted, it finishes what it has begun. docs/serve.md has the routes, and so has /openapi.json.

Examples:
  $ audit-extract serve                                  then look at http://127.0.0.1:7077
  $ audit-extract serve -t org.db --read-only --port 8080
  $ audit-extract serve -s sessions.db -t org.db         runs can be started from the page, too
  $ audit-extract serve --host 0.0.0.0 --token-file ~/.audit-token --allow-host audit.example.org`;

/** Declares `serve`: its flags, its help, and what happens when it is called. */
export function declareServe(program: Command, action: (flags: ServeFlags) => Promise<void>): void {
  const command = showOrigin(addFileOptions(addProgramOptions(program.command('serve'))))
    .description('serve the graph over HTTP: a page to look at, and an API')
    .option('-p, --port <n>', 'the port to listen on, 0 for any that is free (default: 7077)')
    .option('--host <address>', 'the address to listen on (default: 127.0.0.1)')
    .option('--read-only', 'write nothing, whoever asks')
    .option('--max-records <n>', 'make no more nodes of a type, or edges of one, than these')
    .option('--no-db', 'leave out /db: health, log of changes, diagram, exports, backup and restore')
    .option('--token-file <path>', 'the file with the token that requests must bear')
    .option('--allow-host <names>', 'other names that this host is called by, separated by commas', collect)
    .option('--allow-origin <origins>', 'pages of these origins may ask, too, like https://audit.example.org', collect)
    .option('--rate-limit <n>', 'requests of one address in a second, at the most (default: 5000)')
    .option('--max-upload <bytes>', 'the largest backup that may be sent to be restored (default: 4294967296)')
    .option('--json', 'print where it listens as JSON')
    .addOption(new Option('-q, --quiet').hideHelp())
    .addOption(new Option('--no-color').hideHelp())
    .addOption(new Option('--no-progress').hideHelp());
  addSettingOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((flags: ServeFlags) => action(flags));
}
