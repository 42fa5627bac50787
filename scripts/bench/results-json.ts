import type { BenchOptions } from './bench-options.ts';
import { judge } from './goals.ts';
import type { MachineFacts } from './machine-facts.ts';
import type { Measurements } from './measurements.ts';
import { SUBJECTS } from './subjects.ts';

/** Everything that was measured, for programs: each single time too, as a median hides how far they are apart. */
export function resultsJson(options: BenchOptions, machine: MachineFacts, measurements: Measurements): string {
  const { rows, newRows, repeat, baseline } = options;
  const measured = SUBJECTS.map((subject) => ({
    name: subject,
    label: measurements.labelOf(subject),
    median_ms: measurements.medianMs(subject),
    peak_bytes: measurements.peakBytes(subject),
    samples: measurements.of(subject).map(({ milliseconds, peakBytes, notes }) => ({
      ms: milliseconds,
      peak_bytes: peakBytes,
      ...notes,
    })),
  }));
  const settings = { rows, new_rows: newRows, repeat, baseline: baseline ?? null };
  const document = { schema: 'audit-extract/bench@1', settings, machine, measurements: measured };
  return `${JSON.stringify({ ...document, goals: judge(measurements) }, null, 2)}\n`;
}
