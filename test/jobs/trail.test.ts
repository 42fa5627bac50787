import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphWith, readHoldings } from '../support/graph-rows.ts';
import { runLibrary } from '../support/run-library.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('ensureAuditTrail', () => {
  const ensure = (target: string, options = '{ target }') =>
    runLibrary(`console.log(JSON.stringify(await ensureAuditTrail(${options})))`, target);

  it('makes the trail, and finds it from then on, however many ask at once', async () => {
    const target = graphWith({ nodes: [{ id: 'audit_event:1' }] });
    const program = `const all = await Promise.all(Array.from({ length: 8 }, () => ensureAuditTrail({ target })));
      console.log(JSON.stringify(all))`;
    expect(await runLibrary(program, target)).toEqual(Array(8).fill('audit_trail:main'));
    expect(await ensure(target)).toBe('audit_trail:main');
  });

  it('finds the only one there is, and makes the one that is named', async () => {
    const target = graphWith({ nodes: [{ id: 'their trail', type: 'audit_trail' }] });
    expect(await ensure(target)).toBe('their trail');
    expect(await ensure(target, "{ target, trail: 'team' }")).toBe('audit_trail:team');
  });

  it('throws where there is no graph', async () => {
    const program = `await ensureAuditTrail({ target }).catch(({ code }) => console.log(JSON.stringify(code)))`;
    expect(await runLibrary(program, join(tempFolder(), 'org.db'))).toBe('target-not-found');
  });
});

describe('migrateTrail', () => {
  it('brings events home, and ends with the report', async () => {
    const target = graphWith({
      nodes: [{ id: 'docs', type: 'CDocs' }, { id: 'audit_event:1' }, { id: 'audit_event:2' }],
      edges: [{ from: 'docs', to: 'audit_event:1' }],
    });
    const program = `const { signal } = new AbortController();
      const job = { target, trail: undefined, dryRun: false, signal, clock: Date.now };
      for await (const event of migrateTrail(job)) if (event.report) console.log(JSON.stringify(event.report))`;
    expect(await runLibrary(program, target)).toMatchObject({ success: true, events_migrated: 2 });
    expect(readHoldings(target)).toEqual(['audit_trail:main -> audit_event:1', 'audit_trail:main -> audit_event:2']);
  });
});
