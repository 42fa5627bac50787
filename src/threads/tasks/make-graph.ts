import type { TaskShop } from '../task.ts';

/** Makes the graph where there is none, and makes sure that it takes what this program writes. */
export async function makeGraph(_: object, { desk }: TaskShop<never>): Promise<void> {
  await desk.store();
}
