import { afterAll, beforeAll, describe } from 'vitest';
import { describeGraph } from '../behaviour/describe-graph.ts';
import { type Neo4jPlace, openNeo4jPlace } from './neo4j-place.ts';
import { noNeo4jHere, openNeo4j } from './open-neo4j.ts';

describe.skipIf(noNeo4jHere({ own: false }))('a graph on a Neo4j server', { timeout: 120_000 }, () => {
  let place: Neo4jPlace;
  let stop = async () => {};

  beforeAll(async () => {
    const server = await openNeo4j();
    stop = server.stop;
    place = openNeo4jPlace(server);
  }, 600_000);
  afterAll(async () => {
    await place?.close();
    await stop();
  });

  describeGraph({
    newTarget: () => place.newTarget(),
    removeNode: (...of) => place.removeNode(...of),
    renameNode: (...of) => place.renameNode(...of),
    makeOthers: (...of) => place.makeOthers(...of),
  });
});
