/** A command that starts again and again; every renderer of schedules writes the same one for another scheduler. */
export interface Schedule {
  /** The words as the program must get them, the first an absolute path. No control characters: no file could say them all. */
  readonly command: readonly string[];
  readonly everyMinutes: number;
  /** Where output goes under a scheduler that keeps none by itself. */
  readonly logPath: string;
}

/** Intervals, in minutes, that begin anew with every hour or every day: cron and calendars can say no others. */
export const CLOCK_INTERVALS: readonly number[] = [...Array(24 * 60).keys()]
  .map((before) => before + 1)
  .filter((minutes) => 60 % minutes === 0 || (minutes % 60 === 0 && (24 * 60) % minutes === 0));
