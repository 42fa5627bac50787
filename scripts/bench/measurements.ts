import { type Command, measureProcess } from './measure-process.ts';
import { medianOf } from './median-of.ts';
import { type RunNotes, readRunNotes } from './run-notes.ts';
import { say } from './say.ts';
import type { Subject } from './subjects.ts';

/** One process, measured; what it said of itself when it was a run of ours. */
interface Sample {
  readonly milliseconds: number;
  readonly peakBytes: number | null;
  readonly notes?: RunNotes;
}

/** Measures processes and keeps what came of it. */
export class Measurements {
  readonly #labels: Readonly<Record<Subject, string>>;
  readonly #samples = new Map<Subject, Sample[]>();

  constructor(labels: Readonly<Record<Subject, string>>) {
    this.#labels = labels;
  }

  async measure(subject: Subject, command: Command): Promise<void> {
    const { milliseconds, peakBytes } = await measureProcess(this.#labels[subject], command);
    this.#add(subject, { milliseconds, peakBytes });
  }

  /** The same for a run of ours, with what its report says. */
  async measureRun(subject: Subject, command: Command): Promise<void> {
    const { milliseconds, peakBytes, stdout } = await measureProcess(this.#labels[subject], command);
    this.#add(subject, { milliseconds, peakBytes, notes: readRunNotes(stdout) });
  }

  of(subject: Subject): readonly Sample[] {
    return this.#samples.get(subject) ?? [];
  }

  labelOf(subject: Subject): string {
    return this.#labels[subject];
  }

  /** Null when it was not measured. */
  medianMs(subject: Subject): number | null {
    return medianOf(this.of(subject).map(({ milliseconds }) => milliseconds));
  }

  /** The most that any of these held at any time; null when that was not measured. */
  peakBytes(...subjects: readonly Subject[]): number | null {
    const peaks = subjects.flatMap((subject) => this.of(subject).map(({ peakBytes }) => peakBytes));
    const known = peaks.filter((peak) => peak !== null);
    return known.length === 0 ? null : Math.max(...known);
  }

  #add(subject: Subject, sample: Sample): void {
    this.#samples.set(subject, [...this.of(subject), sample]);
    say(`  ${this.#labels[subject]}: ${Math.round(sample.milliseconds)} ms`);
  }
}
