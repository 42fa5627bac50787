import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { CREDENTIALS, expectTold } from './expect-told.ts';
import { machine } from './machine.ts';
import { noNeo4jHere } from './open-neo4j.ts';
import { type Neo4jServer, startNeo4j } from './start-neo4j.ts';

const NAMED = 'localhost';
const UNTRUSTED = {
  code: 4,
  error: 'target-unreachable',
  says: /^target \S+ has a certificate that is not trusted$/,
  hint: /NODE_EXTRA_CA_CERTS/,
};

function canCertify(): boolean {
  const has = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
  if (!has) process.stderr.write('Tests on TLS are skipped: openssl is not on the path\n');
  return has;
}

/** Makes a key and a certificate of it that names one host, and gives the certificate. */
function certify(folder: string): string {
  const [key, certificate] = [join(folder, 'private.key'), join(folder, 'public.crt')];
  const names = ['-subj', `/CN=${NAMED}`, '-addext', `subjectAltName=DNS:${NAMED}`];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  return certificate;
}

describe.skipIf(noNeo4jHere({ own: true }) || !canCertify())(
  'a Neo4j server that wants TLS',
  { timeout: 120_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-extract-test-'));
    let server: Neo4jServer;
    let trusting: { readonly env: Readonly<Record<string, string>> };
    const at = (scheme: string, host = NAMED) => `${scheme}://${host}:${new URL(server.url).port}`;
    const run = (target: string) => ['run', ...machine('a', 3).flags, '--target', target];

    beforeAll(async () => {
      trusting = { env: { NODE_EXTRA_CA_CERTS: certify(folder) } };
      server = await startNeo4j({
        settings: {
          'server.bolt.tls_level': 'REQUIRED',
          'dbms.ssl.policy.bolt.enabled': 'true',
          'dbms.ssl.policy.bolt.base_directory': folder,
          'dbms.ssl.policy.bolt.client_auth': 'NONE',
        },
      });
    }, 120_000);
    afterAll(async () => {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it.each(['bolt+s', 'neo4j+s'])('is written to by %s where its certificate is trusted', async (scheme) => {
      const env = { ...CREDENTIALS, ...trusting.env };
      expect(await runCli(run(at(scheme)), { env })).toMatchObject({ code: 0, stderr: '' });
    });

    it.each(['bolt+s', 'neo4j+s'])('is not talked to by %s where its certificate is not', async (scheme) => {
      await expectTold(run(at(scheme)), UNTRUSTED);
    });

    it('nor where that names another host', async () => {
      await expectTold(run(at('bolt+s', '127.0.0.1')), UNTRUSTED, trusting);
    });

    it('is not talked to without TLS', async () => {
      await expectTold(run(at('bolt')), {
        ...{ code: 4, error: 'target-unreachable', says: /cannot be reached$/ },
        hint: /whether it wants TLS \(\+s:\/\/\)/,
      });
    });
  },
);
