import { resolve } from 'node:path';
import type { Io } from './io.ts';

/** What a run connects to a server with beside its settings: names and files alone, as a schedule must hold no password. */
const NAMES = ['AUDIT_EXTRACT_NEO4J_USER'] as const;
const FILES = ['AUDIT_EXTRACT_NEO4J_PASSWORD_FILE', 'NODE_EXTRA_CA_CERTS'] as const;

/** The words that go before a scheduled command so that it finds what it needs to connect; none where nothing is set. */
export function environmentWords({ env, folder }: Pick<Io, 'env' | 'folder'>): readonly string[] {
  const words = [
    ...NAMES.map((name) => [name, env[name]] as const),
    ...FILES.map((name) => [name, env[name] && resolve(folder, env[name])] as const),
  ].flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
  return words.length === 0 ? [] : ['/usr/bin/env', ...words];
}

/** What is to be said where runs would have no password, as those that come from a scheduler have another environment. */
export function environmentWarning({ env }: Pick<Io, 'env'>): string | undefined {
  if (env['AUDIT_EXTRACT_NEO4J_PASSWORD_FILE']) return undefined;
  return 'no password is printed: name a file that holds it in AUDIT_EXTRACT_NEO4J_PASSWORD_FILE and print this again, or give runs an environment of their own';
}
