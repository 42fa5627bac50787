import { spawnSync } from 'node:child_process';
import { auditOutcome } from './audit-outcome.ts';

/** Asks the registry about known holes in what is installed, and fails on any. One that cannot be asked is no hole: that is said. */
const { stdout, error } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', maxBuffer: 1e9 });
if (error) throw error;
const { lines, holes } = auditOutcome(stdout);
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = holes > 0 ? 1 : 0;
