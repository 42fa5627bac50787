import { hash } from 'node:crypto';

/** What a graph comes to: one digest over the nodes that are recorded as ours, in hex, and how many they are. */
export interface GraphDigest {
  readonly fingerprint: string;
  readonly nodes: number;
}

/** What a graph and what is kept beside it came to after a write. */
export interface SealContent extends GraphDigest {
  /** A digest of all checkpoints: how far into which source. */
  readonly checkpoints: string;
  /** The program that wrote, with its version. */
  readonly program: string;
  /** How the graph was not as the link before had left it: somebody wrote past this program. */
  readonly breach?: string;
}

/** A link of the chain; `content` is JSON text, so that it is hashed as it is kept. */
export interface Seal {
  /** From 1 on, without gaps. */
  readonly number: number;
  /** The seal of the link before, empty for the first one. */
  readonly previous: string;
  readonly content: string;
  readonly seal: string;
}

/** What a link says; undefined where somebody has made it something else. */
export function readSealContent({ content }: Pick<Seal, 'content'>): SealContent | undefined {
  try {
    const value: Partial<SealContent> | null = JSON.parse(content);
    const { fingerprint, nodes, checkpoints, program, breach } = value ?? {};
    if (typeof fingerprint !== 'string' || typeof nodes !== 'number' || typeof checkpoints !== 'string')
      return undefined;
    const said = breach === undefined ? {} : { breach: String(breach) };
    return { fingerprint, nodes, checkpoints, program: String(program), ...said };
  } catch {
    return undefined;
  }
}

/** The seal of a link, in hex: it stands for everything up to here. */
export function sealOf({ number, previous, content }: Omit<Seal, 'seal'>): string {
  return hash('sha256', `${number}\n${previous}\n${content}`, 'hex');
}

/** A link in one line, to be kept elsewhere. */
export function headOf({ number, seal }: Pick<Seal, 'number' | 'seal'>): string {
  return `${number}:${seal}`;
}
