import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';

/** So long may a client that sends too much go on: most read no answer before they have sent all. */
const LINGER_MS = 10_000;

/** Writes what comes to a file that its owner alone may read. Throws where it is more than so many bytes, or nothing. */
export async function receiveFile(content: Readable, file: string, limit: number): Promise<void> {
  let size = 0;
  const written = await open(file, 'wx', 0o600);
  try {
    for await (const part of content.iterator({ destroyOnReturn: false })) {
      size += part.length;
      if (size > limit) break;
      await written.writeFile(part);
    }
  } finally {
    await written.close();
  }
  if (size > limit) throw await tooLarge(content, limit);
  if (size > 0) return;
  throw new RequestProblem(httpProblem(400, 'no file was sent', 'send a backup as the body, or as the field file'));
}

async function tooLarge(content: Readable, limit: number): Promise<RequestProblem> {
  const isRead = await finished(content.resume(), { signal: AbortSignal.timeout(LINGER_MS) }).then(
    () => true,
    () => false,
  );
  const hint = 'start the server with a larger --max-upload, or use audit-extract restore';
  const problem = httpProblem(413, `the file has more than ${limit} bytes`, hint);
  return new RequestProblem(problem, isRead ? {} : { connection: 'close' });
}
