import { type TSchema, Type } from '@fastify/type-provider-typebox';
import { PROBLEM_TYPE } from '../problem.ts';

/** What every request that fails is answered with, as RFC 9457 has it. */
export const ProblemDocument = Type.Object(
  {
    type: Type.Literal('about:blank'),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'what happened to what' }),
    code: Type.String({ description: 'an error code of audit-extract, or http- and the status' }),
    hint: Type.Optional(Type.String({ description: 'what to do about it' })),
  },
  { $id: 'Problem' },
);

/** A schema that is shared by its id. */
export const refTo = ({ $id = '' }: TSchema & { readonly $id?: string }) => Type.Ref(`${$id}#`);

/** What a route answers, by status, and the problem that it answers else. */
export function answers(byStatus: { readonly [status: number]: TSchema | object }): Readonly<Record<string, unknown>> {
  const problem = { description: 'what went wrong', content: { [PROBLEM_TYPE]: { schema: refTo(ProblemDocument) } } };
  return { ...byStatus, default: problem };
}

/** Nothing. */
export const Nothing = Type.Null({ description: 'done' });
