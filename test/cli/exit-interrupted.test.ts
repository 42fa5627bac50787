import { describe, expect, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectPlainMessages, expectSameErrors } from '../support/expect-failure.ts';
import { readContent } from '../support/read-graph.ts';
import { type CliResult, runCli, startCli } from '../support/run-cli.ts';

/** Runs with `--format ndjson`, and sends a signal as soon as the first batch is in. */
async function interrupt(args: readonly string[], signal: NodeJS.Signals): Promise<CliResult> {
  const child = startCli([...args, '--format', 'ndjson', '--batch-size', '5']);
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (part: string) => void stdout.push(part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
  child.stdout.once('data', () => child.kill(signal));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { stdout: stdout.join(''), stderr: stderr.join(''), code };
}

interface Line {
  readonly node?: { readonly id: string };
  readonly report?: { readonly totals: { readonly inserted: number } };
}

describe.for([
  ['SIGINT', 130, 'interrupted-sigint'],
  ['SIGTERM', 143, 'interrupted-sigterm'],
] as const)('%s in the middle of a run is exit code %i', ([signal, code, error]) => {
  test('everything up to the last whole batch is in, the report is whole, and a later run goes on', async () => {
    const [scene, alone] = [bigScene(3000), bigScene(3000)];
    const result = await interrupt(scene.paths, signal);
    expect(result.code).toBe(code);
    expectPlainMessages(result);
    expect(result.stdout).toMatch(/\n$/);
    const lines = result.stdout
      .trimEnd()
      .split('\n')
      .map((line): Line => JSON.parse(line));
    const report = lines.at(-1)?.report;
    expectSameErrors({ ...result, stdout: JSON.stringify(report) }, [error]);
    const written = lines.flatMap(({ node }) => (node ? [node.id] : [])).sort();
    expect(readContent(scene.target).map(({ id }) => id)).toEqual(written);
    expect(report?.totals.inserted).toBe(written.length);
    expect(written.length).toBeLessThan(6000);

    await runCli(scene.paths);
    await runCli(alone.paths);
    expect(readContent(scene.target)).toEqual(readContent(alone.target));
  });

  test('a dry run ends in the same way', async () => {
    const scene = bigScene(3000);
    const result = await interrupt([...scene.paths, '--dry-run'], signal);
    expect(result.code).toBe(code);
    expectPlainMessages(result);
    const report = JSON.stringify(JSON.parse(result.stdout.trimEnd().split('\n').at(-1) ?? '').report);
    expectSameErrors({ ...result, stdout: report }, [error]);
  });
});
