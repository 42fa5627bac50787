import type { RecordedGraph } from '../model/recorded-graph.ts';
import { headOf, readSealContent, type Seal, sealOf } from '../model/seal.ts';
import type { SealVerification } from '../model/verification.ts';

const LINKS_AT_ONCE = 1000;

/**
 * Checks every link of the chain of seals against the one before it, the last one against the graph, and, where a head
 * was kept elsewhere, the link of its number against that.
 */
export async function checkChain(graph: RecordedGraph, expected: string | undefined): Promise<SealVerification> {
  const head = await graph.headSeal();
  const result = { seals: head?.number ?? 0, head: head ? headOf(head) : null };
  const broken =
    (await brokenLink(graph, vouchedFor(expected))) ??
    (await missed(graph, expected)) ??
    (await brokenEnd(graph, head));
  return broken === undefined ? result : { ...result, broken };
}

/** Who keeps a head elsewhere vouches for what was up to it. */
function vouchedFor(expected: string | undefined): number {
  return expected === undefined ? 0 : Number(expected.split(':')[0]);
}

/** The first link that does not follow from those before it, or that says so itself. */
async function brokenLink(graph: RecordedGraph, vouched: number): Promise<string | undefined> {
  let before = { number: 0, seal: '' };
  for (let from = Number.MIN_SAFE_INTEGER; ; from = before.number + 1) {
    const links = await graph.seals(from, LINKS_AT_ONCE);
    for (const link of links) {
      const wrong = wrongAfter(before, link) ?? (link.number > vouched ? breachOf(link) : undefined);
      if (wrong !== undefined) return wrong;
      before = link;
    }
    if (links.length < LINKS_AT_ONCE) return undefined;
  }
}

function wrongAfter(before: Pick<Seal, 'number' | 'seal'>, link: Seal): string | undefined {
  const next = before.number + 1;
  if (link.number < next) return `seal ${link.number} is none of the chain`;
  if (link.number !== next) {
    return link.number - 1 === next ? `seal ${next} is missing` : `seals ${next} to ${link.number - 1} are missing`;
  }
  if (link.seal !== sealOf(link)) return `seal ${next} was changed`;
  return link.previous === before.seal ? undefined : `seal ${next} does not follow from the one before it`;
}

/** What the program found when it went on from the link before. */
function breachOf(link: Seal): string | undefined {
  const { breach } = readSealContent(link) ?? { breach: 'it cannot be read' };
  return breach === undefined ? undefined : `seal ${link.number} says that ${breach}`;
}

/** Where the chain has no such link, it was cut off, or made anew. */
async function missed(graph: RecordedGraph, expected: string | undefined): Promise<string | undefined> {
  if (expected === undefined) return undefined;
  const number = Number(expected.split(':')[0]);
  const [link] = await graph.seals(number, 1);
  if (link === undefined || link.number !== number) return `seal ${number} is missing, which was kept elsewhere`;
  return headOf(link) === expected ? undefined : `seal ${number} is another one than was kept elsewhere`;
}

/** The last link has to say what the graph is. */
async function brokenEnd(graph: RecordedGraph, head: Seal | undefined): Promise<string | undefined> {
  const { hashed, kept } = await graph.digestLeaves();
  if (head === undefined)
    return kept.nodes > 0 || hashed.nodes > 0 ? 'there is no seal, though there are records' : undefined;
  const sealed = readSealContent(head);
  if (sealed === undefined) return `seal ${head.number} cannot be read`;
  const { fingerprint, nodes, checkpoints } = sealed;
  const after = `seal ${head.number} is the last one`;
  for (const digest of [kept, hashed]) {
    if (digest.nodes !== nodes) return `${after}, of ${nodes} nodes, but ${digest.nodes} are recorded`;
    if (digest.fingerprint !== fingerprint) return `${after}, and the records have changed since`;
  }
  const now = await graph.checkpointsDigest();
  return now === checkpoints ? undefined : `${after}, and the checkpoints have changed since`;
}
