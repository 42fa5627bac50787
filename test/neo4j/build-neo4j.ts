import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';

const POM = join(import.meta.dirname, 'pom.xml');
const SOURCE = join(import.meta.dirname, 'Neo4jServer.java');
/** Git does not see it, and `npm ci` sweeps it. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/audit-extract/neo4j');
const LEAST_JAVA = 17;

/** What is missing on this machine to run a Neo4j of our own, as a clause; nothing where all is there. */
export function whatIsMissing(): string | undefined {
  const java = javaVersion();
  if (java === undefined) return `javac (a JDK of Java ${LEAST_JAVA} or later) is not on the path`;
  if (java < LEAST_JAVA) return `Java here is ${java}, and Neo4j 5 needs ${LEAST_JAVA} or later`;
  // Maven takes a second to say that it is there, and is not needed once the server is.
  if (isWhole(join(CACHE, fingerprint()))) return undefined;
  if (spawnSync('mvn', ['-v'], { stdio: 'ignore' }).status !== 0) return 'mvn (Maven) is not on the path';
  return undefined;
}

/** The class path of the server: what Maven has fetched, and `Neo4jServer` compiled against it. Made once, then kept. */
export async function buildNeo4j(): Promise<string> {
  const made = join(CACHE, fingerprint());
  if (!isWhole(made)) {
    rmSync(made, { recursive: true, force: true });
    await buildInto(made);
  }
  return classPath(made);
}

/** Builds beside and moves, so that two at once do not meet: what the first has moved there is as good as the second's. */
async function buildInto(made: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'new-'));
  const jars = join(folder, 'jars');
  try {
    await run('mvn', ['-B', '-ntp', '-q', '-f', POM, 'dependency:build-classpath', `-Dmdep.outputFile=${jars}`]);
    await run('javac', ['-cp', readFileSync(jars, 'utf8'), '-d', folder, SOURCE]);
    renameSync(folder, made);
  } catch (error) {
    if (!isWhole(made)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end; what it said goes with the error where it fails. */
async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [code, ...said] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed (${code}):\n${said.join('\n')}`);
}

const jarsOf = (made: string) => readFileSync(join(made, 'jars'), 'utf8').trim();

const classPath = (made: string) => [made, jarsOf(made)].join(delimiter);

/** Someone may have emptied Maven's folder since. */
function isWhole(made: string): boolean {
  return existsSync(join(made, 'Neo4jServer.class')) && jarsOf(made).split(delimiter).every(existsSync);
}

function fingerprint(): string {
  const hash = createHash('sha256').update(String(javaVersion()));
  for (const file of [POM, SOURCE]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function javaVersion(): number | undefined {
  const { stdout } = spawnSync('javac', ['-version'], { encoding: 'utf8' });
  const [, major] = /^javac (\d+)/.exec(stdout ?? '') ?? [];
  return major === undefined ? undefined : Number(major);
}
