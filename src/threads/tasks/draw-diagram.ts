import { schemaOf } from '../../jobs/schema-of.ts';
import { schemaSvg } from '../../render/schema-svg.ts';
import type { TaskShop } from '../task.ts';

/** Draws the tables of the graph. Gives SVG. */
export async function drawDiagram(_: object, { desk }: TaskShop<never>): Promise<string> {
  return schemaSvg(schemaOf(desk.settings.target));
}
