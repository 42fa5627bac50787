import { examineHealth } from '../jobs/doctor.ts';
import { ANSWER_FORMATS, renderAnswer } from '../render/answer.ts';
import { doctorAnswer } from '../render/doctor.ts';
import { FORMATS } from '../render/renderer.ts';
import type { DoctorFlags } from './commands/doctor.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { drawingView } from './presentation.ts';
import { parseFormatOf } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';
import { settingsInForce } from './settings-in-force.ts';

/** Of what cannot serve (SPEC section 4). */
const UNABLE = 4;

/** `audit-extract doctor`: looks at everything and changes nothing. Gives the exit code. */
export async function doctorAction(flags: DoctorFlags, io: Io, screen: Screen): Promise<number> {
  const inForce = await settingsInForce({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormatOf(ANSWER_FORMATS, pickSetting(inForce.layers, 'format'));
  screen.format = FORMATS.find((name) => name === format) ?? 'table';
  const report = await examineHealth({ ...inForce, isDeep: flags.deep === true });
  await screen.out.write(
    await renderAnswer(doctorAnswer(report, flags.quiet === true), format, drawingView(flags, io)),
  );
  return report.able ? 0 : UNABLE;
}
