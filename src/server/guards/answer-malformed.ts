import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { httpProblem, PROBLEM_TYPE } from '../problem.ts';

const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** Answers what is no HTTP, or took too long to become a request. There is nobody to answer where the client is gone. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = STATUSES[error.code ?? ''] ?? 400;
  const body = JSON.stringify(httpProblem(status, 'this is no HTTP request, or not all of one'));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/** Answers requests whose path no route can be looked up for. */
export function answerBadPath({ statusCode = 400 }: FastifyError, _: FastifyRequest, reply: FastifyReply): void {
  const hint = 'ids stand in a path as encodeURIComponent makes them';
  const problem = httpProblem(statusCode, 'the path is longer than any, or not encoded as paths are', hint);
  void reply.code(statusCode).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem);
}
