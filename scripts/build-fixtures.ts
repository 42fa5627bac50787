import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildOrchardWeek } from '../fixtures/scenarios/orchard-week.ts';

/** Writes the fixtures that people try the program on to `fixtures/out/`, anew each time. */
const folder = join(import.meta.dirname, '../fixtures/out');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
buildOrchardWeek(join(folder, 'sessions.db'));
