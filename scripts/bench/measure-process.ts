import { spawn } from 'node:child_process';
import { watchPeakMemory } from './peak-memory.ts';

/** A program to start: a command line for the shell, or the arguments of this Node. */
export type Command =
  | { readonly shell: string }
  | { readonly node: readonly string[]; readonly env?: Readonly<Record<string, string>> };

/** What one process took, from its start to its end. */
export interface ProcessSample {
  readonly milliseconds: number;
  readonly peakBytes: number | null;
  readonly stdout: string;
}

/** How much output is kept: a report is small, and what a baseline prints is nobody's. */
const KEPT = 1_000_000;

/** Runs a program to its end. Throws when it could not be started or failed, with the last that it said. */
export async function measureProcess(name: string, command: Command): Promise<ProcessSample> {
  const begin = performance.now();
  const child =
    'shell' in command
      ? spawn(command.shell, { shell: true, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(process.execPath, command.node, {
          env: { ...environment(), ...command.env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
  const peak = child.pid === undefined ? () => null : watchPeakMemory(child.pid);
  const output = { stdout: '', stderr: '', end: 0 };
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output.stdout = (output.stdout + part).slice(-KEPT);
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    output.stderr = (output.stderr + part).slice(-KEPT);
  });
  child.on('exit', () => {
    output.end = performance.now();
  });
  try {
    const ending = await new Promise<string | number | null>((resolve, reject) => {
      child.on('error', reject).on('close', (code, signal) => resolve(signal ?? code));
    });
    if (ending !== 0) throw new Error(`${name} ended with ${ending}: ${output.stderr.trim().slice(-500)}`);
  } finally {
    peak();
  }
  return { milliseconds: output.end - begin, peakBytes: peak(), stdout: output.stdout };
}

/** Settings of the person at the keyboard are not what is to be measured. */
function environment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AUDIT_EXTRACT_')));
}
