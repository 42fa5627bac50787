import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { AuditError, summarizeError } from '../model/errors.ts';
import { Desk } from './desk.ts';
import type { ThreadNews, ThreadOrder } from './messages.ts';
import { type TaskName, tasks } from './tasks/index.ts';
import type { ThreadSettings } from './thread-settings.ts';

/** The program of a thread: does what it is told, several things at once where they take turns. */
const settings: ThreadSettings = workerData;
const desk = new Desk(settings);
// Linux has a priority for each thread, which those that it starts inherit; elsewhere it would be that of all of them.
if (settings.isBackground && process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const running = new Map<number, AbortController>();
const work = new Set<Promise<void>>();

parentPort?.on('message', (order: ThreadOrder) => {
  if (order.type === 'call') void begin(order);
  else if (order.type === 'abort') running.get(order.call)?.abort(order.reason);
  else void close();
});

async function begin(order: ThreadOrder & { type: 'call' }): Promise<void> {
  const answered = answer(order);
  work.add(answered);
  await answered;
  work.delete(answered);
}

async function answer<Name extends TaskName>({
  call,
  task,
  input,
}: ThreadOrder<Name> & { type: 'call' }): Promise<void> {
  const tell = (news: ThreadNews<Name>) => parentPort?.postMessage(news);
  const controller = new AbortController();
  running.set(call, controller);
  try {
    const { signal } = controller;
    const output = await tasks[task](input, { desk, signal, note: (note) => tell({ type: 'note', call, note }) });
    tell({ type: 'done', call, output });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const summary = error instanceof AuditError ? summarizeError(error) : undefined;
    tell({ type: 'failed', call, summary, message, stack });
  } finally {
    running.delete(call);
  }
}

/** What was begun is finished first. */
async function close(): Promise<void> {
  await Promise.all(work);
  await desk.close();
  parentPort?.close();
}
