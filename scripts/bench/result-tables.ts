import { judge, type Outcome } from './goals.ts';
import type { MachineFacts } from './machine-facts.ts';
import type { Measurements } from './measurements.ts';
import type { RunNotes } from './run-notes.ts';
import { SUBJECTS } from './subjects.ts';

/** A table before it is drawn; every column but the first and the last is of numbers. */
export interface ResultTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const NOT_MEASURED = 'not measured';

/** What each process took. */
export function timesTable(measurements: Measurements): ResultTable {
  const rows = SUBJECTS.map((subject) => [
    measurements.labelOf(subject),
    orNot(measurements.medianMs(subject), seconds),
    String(measurements.of(subject).length),
    orNot(measurements.peakBytes(subject), (bytes) => `${Math.round(bytes / 1e6)} MB`),
    notesText(measurements.of(subject).at(-1)?.notes),
  ]);
  return { head: ['process', 'median', 'times', 'peak memory', 'its report'], rows };
}

/** How the goals fared. */
export function goalsTable(measurements: Measurements): ResultTable {
  const rows = judge(measurements).map((outcome) => [
    outcome.goal,
    `<= ${amount(outcome, outcome.limit)}`,
    orNot(outcome.measured, (measured) => amount(outcome, measured)),
    outcome.met === null ? NOT_MEASURED : outcome.met ? 'met' : 'missed',
  ]);
  return { head: ['goal', 'limit', 'measured', ''], rows };
}

/** The machine in one line. */
export function factsLine({ date, cores, processor, memoryGb, system, node, sqlite }: MachineFacts): string {
  return `${date}: ${cores} cores (${processor}), ${memoryGb} GB, ${system}, Node ${node}, SQLite ${sqlite}`;
}

function orNot(value: number | null, write: (value: number) => string): string {
  return value === null ? NOT_MEASURED : write(value);
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Three decimals, as some limits are hundredths. */
function amount({ unit }: Outcome, value: number): string {
  return unit === 'ratio' ? value.toFixed(3) : `${Math.round(value)} ${unit}`;
}

function notesText(notes: RunNotes | undefined): string {
  if (notes === undefined) return '';
  const longest = Object.entries(notes.longest).map(([key, value]) => `${key} ${value}`);
  return [...(notes.mode === null ? [] : [notes.mode]), `${notes.written} nodes written`, ...longest].join(', ');
}
