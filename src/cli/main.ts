import { exitCodes, summarizeError } from '../model/errors.ts';
import { renderError, renderStack } from '../render/error.ts';
import { renderJsonError } from '../render/json.ts';
import type { Io } from './io.ts';
import { Output } from './output.ts';
import { runProgram } from './program.ts';

/** Runs a command line and gives its exit code. The one place that catches what could not be put in a report. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const outputs = { out: new Output(io.stdout), err: new Output(io.stderr) };
  try {
    const { code, text } = await runProgram(argv, {
      run: async (flags) => (await import('./run-action.ts')).runAction(flags, io, outputs),
    });
    await outputs.out.write(text);
    return code;
  } catch (error) {
    const summary = summarizeError(error);
    if (summary.code !== 'output-failed' && wantsJson(argv, io)) await outputs.out.write(renderJsonError(summary));
    const stack = argv.some((word) => word === '-v' || word === '--verbose') ? renderStack(error) : '';
    await outputs.err.write(renderError(summary) + stack);
    return exitCodes[summary.code];
  }
}

/** Whether a failure must reach stdout as JSON, even where the flags themselves are what cannot be understood. */
function wantsJson(argv: readonly string[], io: Io): boolean {
  const format = argv.findLast((word, at) => word.startsWith('--format=') || argv[at - 1] === '--format');
  if (argv.includes('--json')) return true;
  return /^(--format=)?(nd)?json$/.test(format ?? io.env['AUDIT_EXTRACT_FORMAT'] ?? '');
}
