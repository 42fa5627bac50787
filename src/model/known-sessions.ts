/** Of how many system events the session is known: they do not name it, but an entry of the source may. */
export interface KnownSessions {
  readonly events: number;
  readonly known: number;
}

/** What is to be said of an answer about sessions. */
export function warnOfUnknownSessions({ events, known }: KnownSessions): readonly string[] {
  if (events <= known) return [];
  const why = known === 0 ? 'the source has no entries' : 'no entry of the source tells them';
  return [`sessions of ${events - known} system event${events - known === 1 ? '' : 's'} are not known: ${why}`];
}
