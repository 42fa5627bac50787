import { readFileSync, writeFileSync } from 'node:fs';
import type { Random } from './random.ts';

const PAGE = 4096;

type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** Ways in which the bytes of a database go wrong. */
const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  (bytes, random) => {
    for (let flips = 1 + random.below(20); flips > 0; flips--) {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    return bytes;
  },
  (bytes, random) => {
    const at = random.below(bytes.length);
    for (let i = at; i < Math.min(bytes.length, at + random.below(500)); i++) bytes[i] = random.below(256);
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => {
    const [from, to] = [random.below(bytes.length / PAGE), random.below(bytes.length / PAGE)];
    bytes.copy(bytes, to * PAGE, from * PAGE, (from + 1) * PAGE);
    return bytes;
  },
  (bytes, random) => {
    const page = random.below(bytes.length / PAGE);
    return bytes.fill(random.oneOf([0, 255, 13, 5]), page * PAGE, Math.min(bytes.length, (page + 1) * PAGE));
  },
  // The header, and that of the first page: sizes, counts and formats that contradict the rest.
  (bytes, random) => {
    for (let writes = 1 + random.below(4); writes > 0; writes--) bytes[random.below(110)] = random.below(256);
    return bytes;
  },
  // The schema as text: names, types and SQL that are nearly what they were.
  (bytes, random) => {
    const word = random.oneOf([
      'INTEGER',
      'TEXT',
      'TABLE',
      'system_events',
      'PRIMARY',
      'content',
      'kg_nodes',
      'audit_',
    ]);
    const at = bytes.indexOf(word);
    if (at >= 0) bytes[at + random.below(word.length)] = random.below(128);
    return bytes;
  },
  (bytes, random) => Buffer.concat([bytes, Buffer.alloc(random.below(3 * PAGE), random.below(256))]),
];

/** Changes a file in one to three of these ways. */
export function mutateFile(path: string, random: Random): void {
  let bytes: Buffer = readFileSync(path);
  for (let changes = 1 + random.below(3); changes > 0 && bytes.length > PAGE; changes--) {
    bytes = random.oneOf(MUTATIONS)(bytes, random);
  }
  writeFileSync(path, bytes);
}
