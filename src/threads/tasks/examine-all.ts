import { examineHealth } from '../../jobs/doctor.ts';
import { knownExtractors } from '../../jobs/known-extractors.ts';
import { doctorAnswer } from '../../render/doctor.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** Looks the graph and its source over from end to end, as `doctor --deep` does. Gives JSON. */
export async function examineAll(_: object, { desk: { settings } }: TaskShop<never>): Promise<string> {
  const { source, target } = settings;
  const extractors = await knownExtractors(settings);
  const report = await examineHealth({ source, target, extractors, settings: [], findings: [], isDeep: true });
  return answerText(doctorAnswer(report, false));
}
