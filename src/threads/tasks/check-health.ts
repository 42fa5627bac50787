import { quickHealth } from '../../jobs/quick-health.ts';
import { visibleJson } from '../../render/visible.ts';
import type { TaskShop } from '../task.ts';

/** How the graph stands, quickly. Gives JSON. */
export async function checkHealth(_: object, { desk }: TaskShop<never>): Promise<string> {
  return visibleJson(JSON.stringify(await quickHealth(desk.ask, desk.settings.target)));
}
