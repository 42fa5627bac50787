import { packageVersion } from '../jobs/package-version.ts';
import { exitCodes, summarizeError } from '../model/errors.ts';
import { renderError, renderStack } from '../render/error.ts';
import { renderJsonError } from '../render/json.ts';
import { FORMATS, type Format } from '../render/renderer.ts';
import type { Io } from './io.ts';
import { Output } from './output.ts';
import type { Screen } from './screen.ts';

/** Runs a command line and gives its exit code. The one place that catches what could not be put in a report. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const screen: Screen = {
    out: new Output(io.stdout, { required: true }),
    err: new Output(io.stderr, { required: false, clean: async (text) => (await loadCleaner())(text) }),
    format: guessFormat(argv, io),
  };
  try {
    if (isVersionQuestion(argv)) {
      await screen.out.write(`${packageVersion()}\n`);
      return 0;
    }
    const { runProgram } = await import('./program.ts');
    const { code, text } = await runProgram(argv, (action, ...asked) => action(...asked, io, screen));
    await screen.out.write(text);
    return code;
  } catch (error) {
    const verbose = argv.some((word) => word === '--verbose' || /^-[a-z]*v/i.test(word));
    await tell(error, screen, verbose);
    return exitCodes[summarizeError(error).code];
  }
}

/** Answered without the parser of command lines, which takes longer to load than the answer takes. */
function isVersionQuestion(argv: readonly string[]): boolean {
  return argv.length === 1 && (argv[0] === '-V' || argv[0] === '--version');
}

/** What goes wrong may quote anything. Loaded only then. */
async function loadCleaner(): Promise<(text: string) => string> {
  const { createRedactor, RECOMMENDED } = await import('../redaction/create-redactor.ts');
  const redactor = createRedactor(RECOMMENDED);
  return (text) => redactor.clean(text);
}

/** Tells of a failure on stderr and, where JSON is wanted, on stdout; that this fails too is told as well. */
async function tell(error: unknown, screen: Screen, verbose: boolean): Promise<void> {
  const clean = await loadCleaner();
  const unclean = summarizeError(error);
  const summary = { ...unclean, message: clean(unclean.message) };
  await screen.err.write(renderError(summary) + (verbose ? renderStack(error, clean) : ''));
  if (screen.format === 'table') return;
  try {
    await screen.out.write(renderJsonError(summary));
  } catch (failure) {
    await screen.err.write(renderError(summarizeError(failure)));
  }
}

/** The format as far as it can be known before flags and settings are understood. */
function guessFormat(argv: readonly string[], io: Io): Format {
  const format = argv.findLast((word, at) => word.startsWith('--format=') || argv[at - 1] === '--format');
  if (argv.includes('--json')) return 'json';
  const guess = (format ?? io.env['AUDIT_EXTRACT_FORMAT'])?.replace('--format=', '');
  return FORMATS.find((name) => name === guess) ?? 'table';
}
