import { Type } from '@fastify/type-provider-typebox';

/** What a command of the command line prints with `--json`; docs/json-output.md has its members. */
export const documentOf = (command: string) =>
  Type.Object(
    { schema: Type.Literal(`audit-extract/${command}@1`) },
    { additionalProperties: true, description: `what audit-extract ${command} --json prints` },
  );

/** A picture. */
export const Picture = {
  description: 'a picture that stands alone',
  content: { 'image/svg+xml': { schema: Type.Unsafe<string>({ type: 'string' }) } },
};
