import { type TSchema, Type } from '@fastify/type-provider-typebox';
import type { FastifySchemaCompiler } from 'fastify';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

/** Validates parts of requests. What comes as text, as in a query, is read as what the schema wants; a body is taken as it is. */
export const validate: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  return (given: unknown) => {
    const value = httpPart === 'body' ? given : Value.Default(schema, fromText(schema, given));
    return check.Check(value) ? { value } : { error: check.Errors(value) };
  };
};

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

/** Members that are wanted as numbers or truths, where their texts are some; others stay as they are, to be refused. */
function fromText(schema: TSchema, given: unknown): unknown {
  if (!Type.IsObject(schema) || typeof given !== 'object' || given === null) return given;
  const { properties } = schema;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]): [string, unknown] => {
      const wanted = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, typeof value === 'string' && wanted !== undefined ? readText(wanted, value) : value];
    }),
  );
}

function readText(wanted: TSchema, text: string): unknown {
  if (Type.IsInteger(wanted)) return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (Type.IsBoolean(wanted)) return BOOLEANS[text] ?? text;
  return text;
}
