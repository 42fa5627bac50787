/** Keeps the sessions of tests out of the graph. */
/** @type {import('audit-extract').Hook[]} */
export default [
  {
    name: 'no-test-sessions',
    nodeType: 'audit_event',
    beforeInsert: ({ properties }) =>
      String(JSON.parse(properties).session_id).startsWith('test-') ? 'veto' : undefined,
  },
];
