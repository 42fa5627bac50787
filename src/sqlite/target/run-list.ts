import type { Database } from 'better-sqlite3';
import type { RunReport } from '../../model/report.ts';

/** The list of the runs that changed something. A run is in it from its first write on, and so is one that was killed. */
export class RunList {
  readonly #now: string;
  readonly #insert;
  readonly #update;
  readonly #exists;
  readonly #check;
  readonly #reports;
  readonly #rewrite;
  #run = 0;

  /** `now` is the time at which the run began. */
  constructor(db: Database, now: string) {
    this.#now = now;
    this.#insert = db.prepare('INSERT INTO audit_runs(started_at) VALUES (?)');
    this.#exists = db.prepare<[number], 1>('SELECT 1 FROM audit_runs WHERE id = ?').pluck();
    this.#update = db.prepare('UPDATE audit_runs SET finished_at = ?, outcome = ?, report = ? WHERE id = ?');
    this.#reports = db.prepare<[], { id: number; report: string }>(
      'SELECT id, report FROM audit_runs WHERE report IS NOT NULL',
    );
    this.#rewrite = db.prepare('UPDATE audit_runs SET report = ? WHERE id = ?');
    this.#check = db.prepare("INSERT OR REPLACE INTO audit_meta(name, value) VALUES ('last_checked', ?)");
  }

  /** The number of this run, within a write transaction; one that was rolled back took the number with it. */
  begin(): number {
    if (this.#run === 0 || this.#exists.get(this.#run) === undefined) {
      this.#run = Number(this.#insert.run(this.#now).lastInsertRowid);
    }
    return this.#run;
  }

  /** Cleans the reports that are kept. They are few, and small. */
  clean(clean: (json: string) => string): void {
    for (const { id, report } of this.#reports.all()) {
      const cleaned = clean(report);
      if (cleaned !== report) this.#rewrite.run(cleaned, id);
    }
  }

  /** A run that changed nothing leaves but the time at which it looked; one that was refused, nothing. */
  finish(report: RunReport): void {
    const outcome = report.error?.code ?? (report.extractors.some(({ error }) => error) ? 'partial' : 'ok');
    if (this.#run !== 0) this.#update.run(report.finished_at, outcome, JSON.stringify(report), this.#run);
    this.#check.run(report.finished_at);
  }
}
