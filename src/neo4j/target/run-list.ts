import type { RunReport } from '../../model/report.ts';
import { uuidV7 } from '../../model/uuid-v7.ts';
import type { Transaction } from '../transaction.ts';
import { writeMeta } from './meta.ts';

/** Reports that are cleaned in one statement. */
const REPORTS_AT_ONCE = 100;

/**
 * The list of the runs that changed something, of whatever origin, as it is for one run. A run is in it from its first write
 * on, and so is one that was killed.
 */
export class RunList {
  readonly #origin: string;
  readonly #now: string;
  /** Tells this run from others that got its number after a try that failed. */
  readonly #id = uuidV7();
  /** As the last try has got it; what was rolled back took it with it. */
  #run = 0;
  /** The transaction that got it, which may come to nothing. */
  #begunIn: Transaction | undefined;

  /** `now` is the time at which the run began; '' is the graph's own origin. */
  constructor(now: string, origin: string) {
    this.#now = now;
    this.#origin = origin;
  }

  /** The number of this run; 0 where it has not written yet. That of a try which failed is nobody's, or somebody else's. */
  get current(): number {
    return this.#run;
  }

  /** The number of this run, which is got in the first transaction that writes. */
  async begin(tx: Transaction): Promise<number> {
    const isSure = this.#run !== 0 && (this.#begunIn === undefined || this.#begunIn === tx);
    if (isSure) return this.#run;
    if (this.#run !== 0 && (await this.#isThere(tx))) {
      // Others see it, so it has been committed.
      this.#begunIn = undefined;
      return this.#run;
    }
    await tx.run("MERGE (m:AuditMeta {name: 'runs'}) SET m += {}");
    const [row] = await tx.run<{ number: bigint }>(
      `MATCH (m:AuditMeta {name: 'runs'}) SET m.value = coalesce(m.value, 0) + 1
       CREATE (r:AuditRun {number: m.value, id: $id, origin: $origin, started_at: $now})
       RETURN r.number AS number`,
      { id: this.#id, origin: this.#origin, now: this.#now },
    );
    this.#run = Number(row?.number ?? 0n);
    this.#begunIn = tx;
    return this.#run;
  }

  /** Cleans the reports that are kept of this origin's runs. They are small. */
  async clean(tx: Transaction, clean: (json: string) => string): Promise<void> {
    for (let after = 0n; ; ) {
      const rows = await tx.run<{ number: bigint; report: string }>(
        `MATCH (r:AuditRun) WHERE r.number > $after AND r.origin = $origin AND r.report IS NOT NULL
         RETURN r.number AS number, r.report AS report ORDER BY r.number LIMIT ${REPORTS_AT_ONCE}`,
        { after, origin: this.#origin },
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
      const changed = rows
        .map(({ number, report }) => ({ number, report, cleaned: clean(report) }))
        .filter(({ report, cleaned }) => cleaned !== report);
      if (changed.length === 0) continue;
      await tx.run('UNWIND $changed AS row MATCH (r:AuditRun {number: row.number}) SET r.report = row.cleaned', {
        changed,
      });
    }
  }

  /** A run that changed nothing leaves but the time at which it looked; one that was refused, nothing. */
  async finish(tx: Transaction, report: RunReport): Promise<void> {
    const outcome = report.error?.code ?? (report.extractors.some(({ error }) => error) ? 'partial' : 'ok');
    await tx.run(
      `MATCH (r:AuditRun {number: $number}) WHERE r.id = $id
       SET r.finished_at = $finished, r.outcome = $outcome, r.report = $report`,
      {
        ...{ number: BigInt(this.#run), id: this.#id, outcome },
        ...{ finished: report.finished_at, report: JSON.stringify(report) },
      },
    );
    await writeMeta(tx, 'last_checked', report.finished_at);
  }

  async #isThere(tx: Transaction): Promise<boolean> {
    const rows = await tx.run('MATCH (r:AuditRun {number: $number}) WHERE r.id = $id RETURN 1 AS one', {
      number: BigInt(this.#run),
      id: this.#id,
    });
    return rows.length > 0;
  }
}
