import type { ServerProcess } from './run-server.ts';

/** A server-sent event, as it came. */
export interface ServerEvent {
  readonly id: number;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: what comes is looked at member by member
  readonly data: any;
}

/** The events of a run, one by one, until the server ends them or the test has enough. */
export async function* eventsOf(
  server: ServerProcess,
  run: string,
  headers: Readonly<Record<string, string>> = {},
): AsyncGenerator<ServerEvent, void> {
  const reply = await fetch(new URL(`/runs/${run}/events`, server.url), { headers });
  if (reply.status !== 200 || reply.body === null) throw new Error(`${reply.status}: ${await reply.text()}`);
  let rest = '';
  for await (const part of reply.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + part).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.filter((block) => !block.startsWith(':')).map(eventOf);
  }
}

function eventOf(block: string): ServerEvent {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const { id, event, data } = Object.fromEntries(fields);
  return { id: Number(id), name: event ?? '', data: JSON.parse(data ?? '') };
}

/** All of them, to the last one. */
export async function allEventsOf(...asked: Parameters<typeof eventsOf>): Promise<readonly ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of eventsOf(...asked)) events.push(event);
  return events;
}
