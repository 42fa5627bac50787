import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { signalOf } from '../signal-of.ts';
import { Slots } from '../slots.ts';
import { inPrivateFolder } from './private-folder.ts';

/** What is to be sent as a file. */
export interface Download {
  readonly name: string;
  readonly type: string;
  /** Writes all of it to a file that is not there yet. */
  readonly make: (file: string, signal: AbortSignal) => Promise<void>;
}

/** So many are on their way at once, made or not: each takes room on the disk. */
const MOST = 8;
/** A client that takes nothing for so long has stopped reading. */
const STALLED_MS = 60_000;
const RETRY_AFTER = 10;

/** Files that are made when they are asked for, and sent when they are whole, so that a slow client keeps nothing waiting. */
export class Downloads {
  readonly #sent = new Slots('downloads at once', MOST, RETRY_AFTER);
  readonly #making: Slots;

  /** `making` are the slots that jobs share. */
  constructor(making: Slots) {
    this.#making = making;
  }

  /** Makes a file, and gives what is in it, to be sent; what is to be said of it is said. */
  async make(reply: FastifyReply, download: Download): Promise<Readable> {
    const free = this.#sent.take();
    try {
      const file = await this.#making.during(() => madeFile(download, signalOf(reply)));
      const { size } = await file.stat();
      const content = file.createReadStream().once('close', free);
      reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy());
      reply.header('content-length', size).header('content-disposition', `attachment; filename="${download.name}"`);
      reply.type(download.type).header('cache-control', 'no-store');
      return content;
    } catch (error) {
      free();
      throw error;
    }
  }
}

/** Open, and without a name by then: whatever happens to us, the system removes it. */
function madeFile({ name, make }: Download, signal: AbortSignal): Promise<FileHandle> {
  return inPrivateFolder(async (folder) => {
    const file = join(folder, name);
    await make(file, signal);
    return open(file, 'r');
  });
}
