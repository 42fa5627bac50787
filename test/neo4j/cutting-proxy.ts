import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that may be cut at any time. */
export interface CuttingProxy {
  readonly url: string;
  /** Drops all connections after so many pieces of what clients send, again and again; others may come at once. */
  cutEvery(pieces: number): void;
  /** How often that was done. */
  readonly cuts: number;
  /** Drops all connections, and whoever comes from then on. */
  shut(): void;
  /** How many came in vain. */
  readonly refused: number;
  close(): Promise<void>;
}

/** Opens one that leads to the server of a URL. */
export async function openCuttingProxy(url: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let [cuts, refused, isShut, seen, every] = [0, 0, false, 0, Number.POSITIVE_INFINITY];
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer({ noDelay: true }, (near) => {
    near.on('error', () => {});
    if (isShut) {
      refused++;
      near.destroy();
      return;
    }
    near.on('data', () => {
      if (++seen % every !== 0) return;
      cuts++;
      drop();
    });
    const far = connect({ port: Number(port), host: hostname, noDelay: true }).on('error', () => {});
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return {
    url: `bolt://127.0.0.1:${address.port}`,
    cutEvery: (pieces) => {
      [seen, every] = [0, pieces];
    },
    get cuts() {
      return cuts;
    },
    shut: () => {
      isShut = true;
      drop();
    },
    get refused() {
      return refused;
    },
    close: async () => {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
