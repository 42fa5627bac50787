import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on which connections are cut, and answers get lost. */
export interface FaultyProxy {
  readonly url: string;
  /** Drops all connections that are open; new ones are let through. */
  cut(): void;
  /** The same after so many pieces of what clients send, again and again. */
  cutEvery(pieces: number): void;
  /** How often all connections were dropped. */
  readonly cuts: number;
  /** Lets so many commits reach the server, and drops their connections before it answers; of those that come, every one or every so manieth. */
  loseAnswers(commits: number, which?: { readonly every: number }): void;
  /** How many answers have got lost. */
  readonly lost: number;
  /** Drops all connections, and whoever comes from then on. */
  shut(): void;
  /** How many came in vain. */
  readonly refused: number;
  close(): Promise<void>;
}

/** `COMMIT`, as the protocol has it: a chunk of two bytes, a structure without fields, an empty chunk. */
const COMMIT = Buffer.from([0x00, 0x02, 0xb0, 0x12, 0x00, 0x00]);

/** Opens one that leads to the server of a URL. */
export async function openFaultyProxy(url: string): Promise<FaultyProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const pieces = { seen: 0, every: Number.POSITIVE_INFINITY };
  const commits = { seen: 0, every: 1, toLose: 0 };
  let [cuts, lost, refused, isShut] = [0, 0, 0, false];
  const cut = () => {
    cuts++;
    for (const socket of sockets) socket.destroy();
  };
  const isLost = (data: Buffer) =>
    commits.toLose > 0 && data.includes(COMMIT) && commits.seen++ % commits.every === commits.every - 1;

  const server = createServer({ noDelay: true }, (near) => {
    near.on('error', () => {});
    if (isShut) {
      refused++;
      near.destroy();
      return;
    }
    const far = connect({ port: Number(port), host: hostname, noDelay: true }).on('error', () => {});
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('data', (data) => {
      if (isLost(data)) {
        commits.toLose--;
        lost++;
        // The server is heard to the end, so that it commits; nobody is told.
        far.unpipe(near);
        far.once('data', () => near.destroy()).resume();
      }
      far.write(data);
      if (++pieces.seen % pieces.every === 0) cut();
    });
    far.pipe(near);
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return {
    url: `bolt://127.0.0.1:${address.port}`,
    cut,
    cutEvery: (every) => void Object.assign(pieces, { seen: 0, every }),
    get cuts() {
      return cuts;
    },
    loseAnswers: (toLose, { every } = { every: 1 }) => void Object.assign(commits, { seen: 0, every, toLose }),
    get lost() {
      return lost;
    },
    shut: () => {
      isShut = true;
      cut();
    },
    get refused() {
      return refused;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
