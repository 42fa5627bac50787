import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { noNeo4jHere, openNeo4j } from './open-neo4j.ts';
import { type Neo4jServer, startNeo4j } from './start-neo4j.ts';

describe.skipIf(noNeo4jHere({ own: true }))('a Neo4j server of our own', { timeout: 300_000 }, () => {
  let server: Neo4jServer;
  let driver: Driver;

  beforeAll(async () => {
    server = await startNeo4j();
    driver = neo4j.driver(server.url, neo4j.auth.basic(server.user, server.password), {
      disableLosslessIntegers: true,
    });
  }, 600_000);
  afterAll(async () => {
    await driver?.close();
    await server?.stop();
  });
  beforeEach(() => driver.executeQuery('MATCH (n) DETACH DELETE n'));

  const names = async () => {
    const { records } = await driver.executeQuery('MATCH (n:Fruit) RETURN n.name AS name ORDER BY name');
    return records.map((record): unknown => record.get('name'));
  };

  it('keeps what is written', async () => {
    await driver.executeQuery('CREATE (:Fruit {name: $name})', { name: 'quince' });
    expect(await names()).toEqual(['quince']);
  });

  it('has constraints, and refuses what breaks them', async () => {
    await driver.executeQuery('CREATE CONSTRAINT fruit IF NOT EXISTS FOR (n:Fruit) REQUIRE n.name IS UNIQUE');
    await driver.executeQuery("CREATE (:Fruit {name: 'quince'})");
    await expect(driver.executeQuery("CREATE (:Fruit {name: 'quince'})")).rejects.toMatchObject({
      code: 'Neo.ClientError.Schema.ConstraintValidationFailed',
      retriable: false,
    });
  });

  it('lets nobody in without the password', async () => {
    const other = neo4j.driver(server.url, neo4j.auth.basic(server.user, 'wrong'));
    await expect(other.verifyConnectivity()).rejects.toMatchObject({
      code: 'Neo.ClientError.Security.Unauthorized',
      retriable: false,
    });
    await other.close();
  });

  it('comes back from kill -9 with what was committed, on the same port', async () => {
    await driver.executeQuery("CREATE (:Fruit {name: 'committed'})");
    const session = driver.session();
    const open = session.beginTransaction();
    await open.run("CREATE (:Fruit {name: 'open'})");
    await server.kill();
    await expect(open.commit()).rejects.toMatchObject({ code: 'ServiceUnavailable', retriable: true });
    await session.close();
    await server.restart();
    expect(await names()).toEqual(['committed']);
  });

  it('can be made to refuse every write', async () => {
    await driver.executeQuery("CREATE (:Fruit {name: 'quince'})");
    await server.restart({ readOnly: true });
    await expect(driver.executeQuery("CREATE (:Fruit {name: 'medlar'})")).rejects.toMatchObject({
      code: 'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase',
      retriable: false,
    });
    expect(await names()).toEqual(['quince']);
    await server.restart();
    await driver.executeQuery("CREATE (:Fruit {name: 'medlar'})");
    expect(await names()).toEqual(['medlar', 'quince']);
  });

  it('is not started where the environment names one', async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('AUDIT_EXTRACT_TEST_NEO4J_URL', server.url);
    vi.stubEnv('AUDIT_EXTRACT_TEST_NEO4J_PASSWORD', server.password);
    const named = await openNeo4j();
    expect(named).toMatchObject({ url: server.url, user: server.user, password: server.password });
    await named.stop();
    expect(await names()).toEqual([]);
  });

  it('ends when the process that started it does, however that ends', async () => {
    const starter = spawn(process.execPath, ['--import', 'tsx', '-e', STARTER], {
      env: { ...process.env, TMPDIR: tempFolder() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(starter.stdout.setEncoding('utf8'), 'data');
    const pid = Number(line);
    expect(isAlive(pid)).toBe(true);
    starter.kill('SIGKILL');
    await vi.waitUntil(() => !isAlive(pid), { timeout: 200_000 });
  });
});

const STARTER = `
  import { startNeo4j } from ${JSON.stringify(join(import.meta.dirname, 'start-neo4j.ts'))};
  startNeo4j().then(({ pid }) => console.log(pid));
`;

/** Whether a process is there that has not ended; one that has waits for its parent, and that may take its time. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
