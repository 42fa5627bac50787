import { DEEPEST_JSON, depthBeyond } from '../model/json-depth.ts';
import { withoutLayout } from '../model/json-layout.ts';
import { rawMember } from '../model/raw-member.ts';
import { httpProblem } from './problem.ts';
import { RequestProblem } from './request-problem.ts';

/** The properties of a record as they were sent, without layout; undefined where it has none. */
export function rawProperties(record: string): string | undefined {
  const raw = rawMember(record, 'properties');
  if (raw === undefined) return undefined;
  const json = withoutLayout(raw);
  const depth = depthBeyond(json);
  if (depth === undefined) return json;
  const detail = `the properties are nested ${depth} levels deep, and may be ${DEEPEST_JSON}`;
  throw new RequestProblem(httpProblem(400, detail, 'make them flatter'));
}
