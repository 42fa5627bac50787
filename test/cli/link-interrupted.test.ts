import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { bigScene } from '../support/big-source.ts';
import { expectPlainMessages, expectSameErrors } from '../support/expect-failure.ts';
import { readValue } from '../support/graph-rows.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli, startCli } from '../support/run-cli.ts';

test.each([
  ['SIGINT', 130, 'interrupted-sigint'],
  ['SIGTERM', 143, 'interrupted-sigterm'],
] as const)(
  '%s ends link between two batches, with a report and exit %i; the next one makes the rest',
  async (signal, code, error) => {
    const { paths, source, target } = bigScene(10_000);
    await runCli([...paths, '-q']);
    const child = startCli(['link', '-t', target, '--json']);
    const [stdout, stderr]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (part: string) => void stdout.push(part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    while (readValue(target, 'SELECT EXISTS (SELECT 1 FROM kg_edges)') === 0 && child.exitCode === null)
      await setTimeout(5);
    child.kill(signal);
    expect(await ended).toBe(code);
    const result = { stdout: stdout.join(''), stderr: stderr.join(''), code };
    expectPlainMessages(result);
    expectSameErrors(result, [error]);
    const { edges } = readEdges(target);
    expect(JSON.parse(result.stdout).edges.inserted).toBe(edges.length);
    const rest = JSON.parse((await runCli(['link', '-t', target, '--json'])).stdout);
    expect(edges.length + rest.edges.inserted).toBe(readEdges(target).edges.length);
    expect(readEdges(target).edges).toEqual(expectedEdges(source, ['error']).edges);
  },
);
