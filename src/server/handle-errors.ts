import type { FastifyError, FastifyReply } from 'fastify';
import { AuditError, summarizeError } from '../model/errors.ts';
import type { Redactor } from '../model/redaction.ts';
import type { App } from './app.ts';
import { httpProblem, PROBLEM_TYPE, type Problem, problemOf } from './problem.ts';
import { RequestProblem } from './request-problem.ts';

/** Makes a problem document of everything that ends a request badly. The one place of the server that catches. */
export function handleErrors(app: App, redactor: Redactor): void {
  const send = (reply: FastifyReply, problem: Problem) => {
    const clean = { ...problem, detail: redactor.clean(problem.detail) };
    return reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(clean);
  };
  app.setNotFoundHandler((request, reply) =>
    send(
      reply,
      httpProblem(404, `there is no ${request.method} ${pathOf(request.url)}`, '/openapi.json lists what there is'),
    ),
  );
  app.setErrorHandler((error: FastifyError, _, reply) => {
    if (error instanceof RequestProblem) reply.headers(error.headers);
    return send(reply, toProblem(error));
  });
}

function toProblem(error: FastifyError): Problem {
  if (error instanceof RequestProblem) return error.problem;
  if (error instanceof AuditError) return problemOf(summarizeError(error));
  if (error.validation !== undefined)
    return httpProblem(400, validationText(error), '/openapi.json tells what is wanted');
  const { statusCode: status = 500 } = error;
  return status < 500 ? httpProblem(status, error.message) : problemOf(summarizeError(error));
}

/** Which part of the request is not as it should be, and how. */
function validationText({ validation, validationContext }: FastifyError): string {
  const [first] = validation ?? [];
  const extra: unknown = first?.params['additionalProperties'] ?? first?.params['unevaluatedProperties'];
  const where = `${validationContext ?? 'the request'}${first?.instancePath ?? ''}`;
  if (Array.isArray(extra) && extra.length > 0) return `${where} has an unknown member: ${extra.join(', ')}`;
  return `${where} ${first?.message ?? 'is not as it should be'}`;
}

const pathOf = (url: string): string => url.split('?')[0] ?? url;
