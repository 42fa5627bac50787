import type { ProgramDescription } from '../render/command-description.ts';
import { createProgram } from './create-program.ts';
import { describeProgram } from './describe-program.ts';

/** The program as it is declared; none of its commands is called. */
export function describedProgram(): ProgramDescription {
  const program = createProgram(
    () => () => Promise.resolve(),
    () => {},
  );
  return describeProgram(program);
}
