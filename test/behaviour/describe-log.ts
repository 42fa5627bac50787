import { describe, expect, it } from 'vitest';
import { ensureAuditTrail } from '../../src/jobs/ensure-trail.ts';
import { logUserAction } from '../../src/jobs/log-user-action.ts';
import type { ErrorSummary } from '../../src/model/errors.ts';
import { migrateJob } from '../support/migrate-job.ts';
import { type GraphPlace, readContent } from './graph-place.ts';

const user = { uid: 'u1', name: 'Ada' };

/** Logged actions and trails, wherever the graph is kept. */
export function describeLog(place: GraphPlace): void {
  const edgesOf = async (target: string) =>
    (await readContent(target)).edges.map(({ edgeType, fromNode, toNode }) => `${fromNode} ${edgeType} ${toNode}`);

  describe('log', () => {
    it('makes an event on the trail, and its user', async () => {
      const target = await place.newTarget();
      const action = { user, actionType: 'LOGIN', key: 'one', timestamp: '2026-03-01T08:00:00Z' };
      expect(await logUserAction(action, { target })).toBe(true);
      const { nodes } = await readContent(target);
      expect(nodes.map(({ id, name }) => [id, name])).toEqual([
        ['audit_event:log:one', '[Action] LOGIN by Ada'],
        ['audit_trail:main', 'main'],
        ['user:u1', 'Ada'],
      ]);
      expect(await edgesOf(target)).toEqual([
        'audit_trail:main HAS_EVENT audit_event:log:one',
        'audit_event:log:one PERFORMED_BY user:u1',
      ]);
    });

    it('takes the same action once, and another one under its key not at all', async () => {
      const target = await place.newTarget();
      const failures: ErrorSummary[] = [];
      const log = (actionType: string) =>
        logUserAction({ user, actionType, key: 'one' }, { target, onFailure: (error) => failures.push(error) });
      expect(await log('LOGIN')).toBe(true);
      expect(await log('LOGIN')).toBe(true);
      expect(await log('LOGOUT')).toBe(false);
      expect(failures).toMatchObject([{ code: 'action-differs' }]);
      expect((await readContent(target)).nodes).toHaveLength(3);
    });

    it('takes actions of many at once, and makes one trail and one user', async () => {
      const target = await place.newTarget();
      const done = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          logUserAction({ user, actionType: 'LOGIN', key: `k${i % 8}` }, { target }),
        ),
      );
      expect(done.every((one) => one)).toBe(true);
      const { nodes, edges } = await readContent(target);
      expect(nodes).toHaveLength(8 + 2);
      expect(edges).toHaveLength(16);
    });
  });

  describe('trails', () => {
    it('are made once, however many ask', async () => {
      const target = await place.newTarget();
      await place.makeOthers(target, [], []);
      const made = await Promise.all(Array.from({ length: 6 }, () => ensureAuditTrail({ target })));
      expect(new Set(made)).toEqual(new Set(['audit_trail:main']));
      expect((await readContent(target)).nodes.map(({ id }) => id)).toEqual(['audit_trail:main']);
    });

    it('get the events that hang elsewhere, and no others', async () => {
      const target = await place.newTarget();
      const event = (id: string) => ({ id, type: 'audit_event' });
      await place.makeOthers(
        target,
        [{ id: 'docs', type: 'CDocs' }, { id: 'other', type: 'Folder' }, ...['e1', 'e2', 'e3', 'e4'].map(event)],
        [
          { type: 'HAS_EVENT', from: 'docs', to: 'e1' },
          { type: 'HAS_EVENT', from: 'docs', to: 'e2' },
          { type: 'HAS_EVENT', from: 'other', to: 'e3' },
        ],
      );
      const dry = await migrateJob({ target, dryRun: true });
      expect(dry).toMatchObject({ success: true, events_migrated: 3, held_by_others: { events: 1 } });
      expect(await migrateJob({ target })).toMatchObject({
        success: true,
        events_migrated: 3,
        held_by_others: { events: 1 },
      });
      expect((await edgesOf(target)).toSorted()).toEqual([
        'audit_trail:main HAS_EVENT e1',
        'audit_trail:main HAS_EVENT e2',
        'audit_trail:main HAS_EVENT e4',
        'other HAS_EVENT e3',
      ]);
      expect(await migrateJob({ target })).toMatchObject({ events_migrated: 0, in_place: 3 });
    });
  });
}
