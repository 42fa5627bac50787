import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on which answers get lost. */
export interface ForgetfulProxy {
  readonly url: string;
  /** Lets so many commits reach the server, and drops their connections before it answers; of those that come, every one or every so manieth. */
  loseAnswers(commits: number, which?: { readonly every: number }): void;
  /** Cuts all connections that are open; new ones are let through. */
  cut(): void;
  /** How many answers have got lost. */
  readonly lost: number;
  close(): Promise<void>;
}

/** `COMMIT`, as the protocol has it: a chunk of two bytes, a structure without fields, an empty chunk. */
const COMMIT = Buffer.from([0x00, 0x02, 0xb0, 0x12, 0x00, 0x00]);

/** Opens one that leads to the server of a URL. */
export async function openForgetfulProxy(url: string): Promise<ForgetfulProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let [toLose, lost, every, seen] = [0, 0, 1, 0];
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: Number(port), host: hostname, noDelay: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    near.on('data', (data) => {
      if (toLose > 0 && data.includes(COMMIT) && seen++ % every === every - 1) {
        toLose--;
        lost++;
        // The server is heard to the end, so that it commits; nobody is told.
        far.unpipe(near);
        far.once('data', () => near.destroy()).resume();
      }
      far.write(data);
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
    loseAnswers: (commits, which = { every: 1 }) => {
      [toLose, every, seen] = [commits, which.every, 0];
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    get lost() {
      return lost;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
