import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { bigScene } from '../support/big-source.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli, startCli } from '../support/run-cli.ts';

it.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it with a report and exit %i; the next one goes on', async ([signal, code]) => {
  const scene = bigScene(10_000);
  await runCli(['run', ...scene.paths, '--quiet']);
  const child = startCli(['link', ...scene.paths, '--json']);
  const parts: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => void parts.push(part));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  while (readEdges(scene.target).edges.length === 0 && child.exitCode === null) await setTimeout(5);
  child.kill(signal);
  expect(await ended).toBe(code);
  const report = JSON.parse(parts.join(''));
  expect(report).toMatchObject({ error: { code: `interrupted-${signal.toLowerCase()}` } });
  expect(readEdges(scene.target).edges).toHaveLength(report.edges.inserted);
  await runCli(['link', ...scene.paths]);
  expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
});
