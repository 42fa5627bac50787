/** A moment as JSON has it. */
export function isoMoment(milliseconds: number | null | undefined): string | null {
  return milliseconds === null || milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}

/** The same for people, to the second. */
export function shortMoment(milliseconds: number | null): string {
  return (
    isoMoment(milliseconds)
      ?.replace('T', ' ')
      .replace(/\.\d+Z$/, '') ?? ''
  );
}
