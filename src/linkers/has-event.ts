import type { Linker } from '../model/linker.ts';

/** Every event hangs on the trail. */
export const hasEvent: Linker = {
  name: 'has-event',
  version: 1,
  summary: 'the trail has the event',
  edgeType: 'HAS_EVENT',
  *link(event, { trail, now }) {
    yield { from: trail, to: event, properties: { created: now } };
  },
};
