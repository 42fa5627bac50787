/** @type {import('audit-extract').Linker} */
export default {
  name: 'on-day',
  version: 1,
  summary: 'the day on which it was last',
  edgeType: 'ON_DAY',
  *link(event) {
    const { last_occurrence, timestamp } = event.properties;
    const day = String(last_occurrence ?? timestamp ?? '').slice(0, 10);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return;
    const node = { id: `day:${day}`, nodeType: 'day', name: day, properties: { day } };
    yield { from: event, to: node };
  },
};
