import { buildNeo4j, whatIsMissing } from '../test/neo4j/build-neo4j.ts';

/** Gets the Neo4j server that tests run on, before any of them waits for it; fails where it cannot run, so that CI skips none. */
const missing = whatIsMissing();
if (missing !== undefined) throw new Error(`no Neo4j server for the tests: ${missing}`);
await buildNeo4j();
