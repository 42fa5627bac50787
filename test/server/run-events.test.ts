import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { EventLog } from '../../src/server/runs/event-log.ts';
import { EventStream } from '../../src/server/runs/event-stream.ts';
import { runServer } from '../support/run-server.ts';
import { orchardScene } from '../support/scene.ts';
import { allEventsOf, eventsOf } from '../support/server-events.ts';

async function finishedRun() {
  const server = await runServer(orchardScene().paths);
  const { json } = await server.ask('/runs', { method: 'POST' });
  return { server, id: json.id as string, events: await allEventsOf(server, json.id) };
}

describe('the events of a run', () => {
  test('tell what happens in it, numbered, and end with the run and its report', async () => {
    const { server, id, events } = await finishedRun();
    expect(events.map((event) => event.id)).toEqual(events.map((_, at) => at + 1));
    const names = events.map(({ name }) => name);
    expect(new Set(names)).toEqual(
      new Set(['extractor-started', 'window-read', 'batch-written', 'extractor-finished', 'run-finished']),
    );
    const written = events.find(({ name }) => name === 'batch-written');
    expect(written?.data).toEqual({
      extractor: 'tool-errors',
      inserted: 5,
      updated: 0,
      unchanged: 0,
      progress: expect.any(Number),
    });
    expect(events.at(-1)).toMatchObject({ name: 'run-finished', data: (await server.ask(`/runs/${id}`)).json });
  });

  test('are the same for whoever comes later, and go on where a follower was', async () => {
    const { server, id, events } = await finishedRun();
    expect(await allEventsOf(server, id)).toEqual(events);
    expect(await allEventsOf(server, id, { 'last-event-id': '3' })).toEqual(events.slice(3));
    expect(await allEventsOf(server, id, { 'last-event-id': '100000' })).toEqual([]);
    for (const odd of ['-1', 'x', '1.5']) {
      const reply = await server.ask(`/runs/${id}/events`, { headers: { 'last-event-id': odd } });
      expect(reply).toMatchObject({ status: 400, json: { detail: /last-event-id/ } });
    }
  });

  test('come to several followers, whoever of them leaves early', async () => {
    const server = await runServer(orchardScene().paths);
    const { json } = await server.ask('/runs', { method: 'POST' });
    const leaver = async () => {
      for await (const { id } of eventsOf(server, json.id)) if (id === 2) return;
    };
    const [one, other] = await Promise.all([allEventsOf(server, json.id), allEventsOf(server, json.id), leaver()]);
    expect(one).toEqual(other);
    expect(one.at(-1)?.name).toBe('run-finished');
  });

  test('are of a run that is known', async () => {
    const server = await runServer(orchardScene().paths);
    expect(await server.ask('/runs/none/events')).toMatchObject({ status: 404 });
  });
});

describe('a stream of events', () => {
  test('says that it lives while nothing happens', async () => {
    const log = new EventLog();
    const said = text(new EventStream(log, 0, 20));
    await setTimeout(100);
    log.end('last', '{}');
    expect(await said).toMatch(/^(: nothing new\n\n){2,}id: 1\nevent: last\ndata: {}\n\n$/);
  });

  test('begins with what is kept still', async () => {
    const log = new EventLog();
    for (let at = 1; at < 2000; at++) log.add('news', '{}');
    log.end('last', '{}');
    const ids = [...(await text(new EventStream(log, 5))).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids[0]).toBeGreaterThan(1000);
    expect(ids).toEqual(ids.map((_, at) => 2000 - ids.length + 1 + at));
  });

  test('is ended for whoever does not keep up, and holds nothing for them', async () => {
    const log = new EventLog();
    const stream = new EventStream(log, 0);
    const failed = new Promise<Error>((resolve) => stream.once('error', resolve));
    stream.once('readable', () => {});
    const news = JSON.stringify('x'.repeat(1000));
    let most = 0;
    for (let at = 0; at < 5000 && !stream.destroyed; at++) {
      log.add('news', news);
      await setTimeout(0);
      most = Math.max(most, stream.readableLength);
    }
    expect((await failed).message).toMatch(/does not keep up/);
    expect(most).toBeLessThan(100_000);
  });

  test('is ended for whoever has stopped reading while nothing happens', async () => {
    const log = new EventLog();
    const stream = new EventStream(log, 0, 20);
    const failed = new Promise<Error>((resolve) => stream.once('error', resolve));
    stream.once('readable', () => {});
    for (let at = 0; at < 100; at++) log.add('news', JSON.stringify('x'.repeat(1000)));
    expect((await failed).message).toMatch(/does not keep up/);
  });
});
