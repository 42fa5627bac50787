import { describe, expect, it } from 'vitest';
import { failure, failures, orchard, task } from '../support/growing-orchard.ts';
import { verifyJob } from '../support/verify-job.ts';
import type { GraphPlace } from './graph-place.ts';

/** What verify says, wherever the graph is kept. */
export function describeVerify(place: GraphPlace): void {
  const NODE = 'audit_event:err:s3:Bash:timeout';
  const verified = async () => {
    const target = await place.newTarget();
    const scene = orchard({
      tool_analytics: failures(20, (i) => ({ session_id: `s${i}` })),
      task_tracking: [task('A')],
    });
    await scene.run({ target, batchSize: 4 });
    return { ...scene, target, verify: (options = {}) => verifyJob({ source: scene.source, target, ...options }) };
  };

  describe('verify', () => {
    it('agrees with what a run has written, whole, in samples, and by the seals alone', async () => {
      const { verify, run, target } = await verified();
      const report = await verify();
      expect(report).toMatchObject({ agrees: true, totals: { agreeing: 21 } });
      expect(report.fingerprint).toBe((await run({ target })).fingerprint);
      expect(await verify({ nodes: 5 })).toMatchObject({ agrees: true, totals: { agreeing: 5 } });
      expect(await verify({ nodes: 'none' })).toMatchObject({ agrees: true });
    });

    it('finds what somebody has changed, or removed', async () => {
      const { verify, target } = await verified();
      await place.renameNode(target, NODE, 'nothing happened');
      expect(await verify()).toMatchObject({ agrees: false, totals: { altered: 1, missing: 0 } });
      await place.removeNode(target, NODE);
      expect(await verify()).toMatchObject({ agrees: false, totals: { altered: 0, missing: 1 } });
    });

    it('says how far the graph is behind', async () => {
      const { verify, append } = await verified();
      append('tool_analytics', failure({ session_id: 'new' }));
      expect(await verify()).toMatchObject({ agrees: true });
    });

    it('takes a head that was kept elsewhere, and tells another one from it', async () => {
      const { verify } = await verified();
      const { seals } = await verify();
      expect(await verify({ expected: seals?.head ?? '' })).toMatchObject({ agrees: true });
      expect(await verify({ expected: `1:${'0'.repeat(64)}` })).toMatchObject({ agrees: false });
    });
  });
}
