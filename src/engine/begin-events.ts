/** Events whose first one is under way. */
export interface BegunEvents<Event> {
  events(): AsyncGenerator<Event, void>;
  /** Ends them, also where nobody has asked for any. */
  close(): Promise<unknown>;
}

/** Goes on to the first event at once, and waits there until it is asked for: what works beside others has begun then. */
export function beginEvents<Event>(events: AsyncGenerator<Event, void>): BegunEvents<Event> {
  const first = events.next();
  // What fails is told when its turn comes.
  first.catch(() => {});
  return {
    events: async function* () {
      const { done, value } = await first;
      if (done) return;
      yield value;
      yield* events;
    },
    close: () => events.return(),
  };
}
