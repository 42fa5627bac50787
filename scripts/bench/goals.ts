import type { Measurements } from './measurements.ts';
import { QUESTIONS, type Subject } from './subjects.ts';

/** A goal, and what became of it. */
export interface Outcome {
  readonly goal: string;
  readonly limit: number;
  readonly unit: 'ratio' | 'MB' | 'ms';
  /** Null where it was not measured. */
  readonly measured: number | null;
  readonly met: boolean | null;
}

const MEGABYTE = 1e6;
const RUNS: readonly Subject[] = ['first-run', 'nothing-new', 'new-rows'];
const RUNS_TENTH: readonly Subject[] = ['first-run-tenth', 'new-rows-tenth'];

/** Holds the measurements against the goals. */
export function judge(measurements: Measurements): readonly Outcome[] {
  const time = (goal: string, limit: number, subject: Subject, against: Subject): Outcome =>
    outcome(goal, limit, 'ratio', ratio(measurements.medianMs(subject), measurements.medianMs(against)));
  const peak = measurements.peakBytes(...RUNS);
  return [
    time('first full run / baseline', 0.2, 'first-run', 'baseline'),
    time('first full run / one SQL statement', 0.5, 'first-run', 'one-statement'),
    time('first full run / without redaction, fingerprint and seals', 1.15, 'as-modules', 'bare-run'),
    time('first full run / without indexes', 1.2, 'as-modules', 'without-indexes'),
    time('first full run / without the log of changes', 1.15, 'as-modules', 'without-changes'),
    // There are none: what cannot be measured is within what the machine varies by.
    time('first full run / without room for hooks', 1.03, 'as-modules', 'without-hooks'),
    time('verify / first full run', 1, 'verify', 'first-run'),
    time('nothing new / baseline', 0.01, 'nothing-new', 'baseline'),
    time('new rows / baseline', 0.02, 'new-rows', 'baseline'),
    time('new rows: all rows / a tenth', 1.2, 'new-rows', 'new-rows-tenth'),
    outcome('peak memory', 160, 'MB', peak === null ? null : peak / MEGABYTE),
    outcome('peak memory: all rows / a tenth', 1.2, 'ratio', ratio(peak, measurements.peakBytes(...RUNS_TENTH))),
    ...QUESTIONS.map((subject) => answered(measurements, subject)),
    outcome('10,000 actions logged', 1000, 'ms', measurements.medianMs('log')),
    time('--version / node -e 0', 1.6, 'version', 'node'),
  ];
}

/** What a question takes beyond starting the program. */
function answered(measurements: Measurements, subject: Subject): Outcome {
  const [whole, start] = [measurements.medianMs(subject), measurements.medianMs('version')];
  const beyond = whole === null || start === null ? null : whole - start;
  return outcome(`${measurements.labelOf(subject)}, beyond starting`, 200, 'ms', beyond);
}

function outcome(goal: string, limit: number, unit: Outcome['unit'], measured: number | null): Outcome {
  return { goal, limit, unit, measured, met: measured === null ? null : measured <= limit };
}

function ratio(value: number | null, against: number | null): number | null {
  return value === null || against === null ? null : value / against;
}
