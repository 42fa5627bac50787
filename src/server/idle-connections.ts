import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Follows the connections of a server. Gives what closes those that no request is answered on, those that nothing was ever
 * asked on among them, which Node takes for busy.
 */
export function followConnections(server: Server): () => void {
  const answering = new Map<Socket, number>();
  const count = (socket: Socket, change: 1 | -1) => {
    const now = answering.get(socket);
    if (now !== undefined) answering.set(socket, now + change);
  };
  server.on('connection', (socket: Socket) => {
    answering.set(socket, 0);
    socket.once('close', () => answering.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  return () => {
    for (const [socket, requests] of answering) if (requests === 0) socket.destroySoon();
  };
}
