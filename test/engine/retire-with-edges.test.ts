import { describe, expect, it } from 'vitest';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { failure, orchard } from '../support/growing-orchard.ts';
import { readEverything } from '../support/read-audit.ts';
import { readEdges } from '../support/read-edges.ts';
import { readNodes } from '../support/read-graph.ts';
import { SECRETS } from '../support/secrets.ts';
import { verifyJob } from '../support/verify-job.ts';

const secret = SECRETS['github-token']?.[0] ?? '';
const edges = { linkers: builtinLinkers };
const REPLACED = `audit_event:err:s:Bash ${secret}:timeout`;

/** A graph with edges, in which a node stands under an id that the rules have replaced since. */
async function replacedScene() {
  const scene = orchard({
    tool_analytics: [failure({ session_id: 's', tool_name: `Bash ${secret}`, agent_name: 'planter' })],
  });
  await scene.run({ redaction: 'off', edges });
  expect(readNodes(scene.target).map(({ id }) => id)).toContain(REPLACED);
  return scene;
}

const edgesOf = (target: string) => readEdges(target).edges.filter((id) => id.includes(secret));

describe('--retire, in a graph with edges', () => {
  it('removes a node together with the edges that this program has made of it', async () => {
    const scene = await replacedScene();
    expect((await scene.run({ edges })).replaced).toMatchObject({ nodes: 1, retired: 0 });
    const report = await scene.run({ edges, retire: true });
    expect(report.replaced).toMatchObject({ nodes: 1, retired: 1 });
    expect(readNodes(scene.target).map(({ id }) => id)).not.toContain(REPLACED);
    expect(edgesOf(scene.target)).toEqual([]);
    expect((await verifyJob(scene)).agrees).toBe(true);
    const before = readEverything(scene.target);
    expect(await scene.run({ edges, retire: true })).not.toHaveProperty('replaced');
    expect(readEverything(scene.target)).toEqual(before);
  });

  it.for([
    ['an edge of others leads to it', `'theirs', 'SEEN', 'audit_trail:main', '${REPLACED}'`],
    ['an edge of others leads from it', `'theirs', 'SEEN', '${REPLACED}', 'audit_trail:main'`],
  ] as const)('leaves a node and all its edges where %s', async ([, theirs]) => {
    const scene = await replacedScene();
    scene.changeGraph(`INSERT INTO kg_edges VALUES (${theirs}, NULL, '', '')`);
    const before = edgesOf(scene.target);
    expect((await scene.run({ edges, retire: true })).replaced).toMatchObject({ nodes: 1, retired: 0 });
    expect(edgesOf(scene.target)).toEqual(before);
  });

  it('leaves a node and all its edges where another table refers to it', async () => {
    const scene = await replacedScene();
    scene.changeGraph('CREATE TABLE theirs(node REFERENCES kg_nodes(id))');
    scene.changeGraph(`INSERT INTO theirs VALUES ('${REPLACED}')`);
    const before = edgesOf(scene.target);
    expect((await scene.run({ edges, retire: true })).replaced).toMatchObject({ nodes: 1, retired: 0 });
    expect(edgesOf(scene.target)).toEqual(before);
  });
});
