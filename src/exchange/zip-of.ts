import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of a zip; its parts are made when it is its turn. */
export interface ZippedFile {
  readonly name: string;
  readonly parts: () => Iterable<string>;
}

/** The same in every zip, so that the same files make the same zip: the first moment that the format knows, wherever one is. */
const TIMES = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 } as const;

/** A zip of some files, part by part. What goes wrong with a file is thrown where the zip is read. */
export function zipOf(files: readonly ZippedFile[]): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const out = zip.outputStream.pipe(new PassThrough());
  zip.on('error', (error) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  for (const { name, parts } of files) {
    zip.addReadStreamLazy(name, TIMES, (take) => {
      const stream = Readable.from(parts(), { objectMode: false });
      stream.on('error', (error) => out.destroy(error));
      take(null, stream);
    });
  }
  zip.end();
  return out;
}
