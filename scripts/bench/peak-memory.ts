import { readFileSync } from 'node:fs';

const POLL_MS = 20;

/**
 * Watches what a process and those it started hold in memory at the most. The kernel keeps each one's peak, so a look now
 * and then misses only what happens in the last moments. Call what it returns for the bytes; null where the system does not tell.
 */
export function watchPeakMemory(pid: number): () => number | null {
  let peak: number | null = null;
  const look = () => {
    const bytes = treeBytes(pid);
    if (bytes !== null) peak = Math.max(peak ?? 0, bytes);
  };
  look();
  const timer = setInterval(look, POLL_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function treeBytes(pid: number): number | null {
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`)) ?? [];
  if (kilobytes === undefined) return null;
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + (treeBytes(Number(child)) ?? 0), Number(kilobytes) * 1024);
}

/** Empty where there is no such file: the process may just have ended, or the system has no /proc. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
