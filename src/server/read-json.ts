import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { httpProblem } from './problem.ts';
import { RequestProblem } from './request-problem.ts';

/** Bodies as they came. */
const texts = new WeakMap<FastifyRequest, string>();

/** The body of a request as it came, so that no digit of a number is lost. */
export const rawBody = (request: FastifyRequest): string => texts.get(request) ?? '';

/** Reads bodies that are JSON, and keeps what they were. */
export function readJson(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    // Clients say so of requests without a body, too.
    if (body.length === 0) return undefined;
    const text = decode(body);
    const value = parse(text);
    texts.set(request, text);
    return value;
  });
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw notJson('the body is not in UTF-8');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson('the body is no JSON');
  }
}

const notJson = (detail: string) => new RequestProblem(httpProblem(400, detail, 'send one JSON object in UTF-8'));
