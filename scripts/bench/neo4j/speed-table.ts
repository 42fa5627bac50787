import type { ProcessSample } from '../measure-process.ts';
import { medianOf } from '../median-of.ts';
import type { ResultTable } from '../result-tables.ts';
import type { GraphToSend } from './graph-to-send.ts';

const GOAL = 20;

/** Both, one after the other, in milliseconds for the whole graph. */
export interface Round {
  readonly plain: number;
  readonly ours: number;
  readonly ratio: number;
}

/** All that was measured. */
export interface Neo4jSpeeds {
  readonly graph: GraphToSend;
  readonly intoFile: ProcessSample;
  readonly justStarted: ProcessSample;
  readonly again: ProcessSample;
  readonly rounds: readonly Round[];
}

/** Puts medians of all rounds into a table, and how far the rounds are apart. */
export function speedTable({
  graph: { nodes, edges, sample },
  intoFile,
  justStarted,
  again,
  rounds,
}: Neo4jSpeeds): ResultTable {
  const all = (name: keyof Round) => rounds.map((round) => round[name]).sort((a, b) => a - b);
  const median = (name: keyof Round) => medianOf(all(name)) ?? 0;
  const [ours, ratio] = [median('ours'), median('ratio')];
  const aSecond = (milliseconds: number) => `${Math.round((nodes / milliseconds) * 1000)} nodes a second`;
  return {
    head: ['process', 'time', ''],
    rows: [
      ['first run with edges into a file', seconds(intoFile.milliseconds), `${nodes} nodes, ${edges} edges`],
      [
        'the same into Neo4j that was just started',
        seconds(justStarted.milliseconds),
        aSecond(justStarted.milliseconds),
      ],
      ['the same into Neo4j that is at work', seconds(ours), `${aSecond(ours)}; ${range(all('ours'), 1000)} s`],
      ['a run with nothing new into Neo4j', seconds(again.milliseconds), ''],
      [
        'one statement a node and edge',
        seconds(median('plain')),
        `reckoned from ${sample.length} nodes and ${edgesOf(sample)} edges; ${range(all('plain'), 1000)} s`,
      ],
      [
        'one statement a node and edge / ours',
        ratio.toFixed(1),
        `${range(all('ratio'), 1)}; goal: ${GOAL} or more, ${ratio >= GOAL ? 'met' : 'missed'}`,
      ],
    ],
  };
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const range = (sorted: readonly number[], unit: number) =>
  [sorted.at(0), sorted.at(-1)].map((value = 0) => (value / unit).toFixed(1)).join(' to ');
const edgesOf = (sample: GraphToSend['sample']) => sample.reduce((sum, { edges }) => sum + edges.length, 0);
