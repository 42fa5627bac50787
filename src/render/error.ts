import type { ErrorSummary } from '../model/errors.ts';
import { visible } from './visible.ts';

/** An error as a person sees it: what happened, and what to do. */
export function renderError({ message, hint }: Pick<ErrorSummary, 'message' | 'hint'>): string {
  return `error: ${visible(message)}\nhint: ${visible(hint)}\n`;
}

/** A warning, and whom it is about. */
export function renderWarning(subject: string, warning: string): string {
  return `warning: ${visible(subject)}: ${visible(warning)}\n`;
}

/** The stacks of an error and its causes, for `--verbose`, their messages cleaned as they are, before they are made visible. */
export function renderStack(error: unknown, clean: (message: string) => string): string {
  if (!(error instanceof Error)) return '';
  // The message is one line, or it could pass for lines of ours.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const lines = [`${error.name}: ${clean(error.message)}`, ...frames].map(visible).join('\n');
  return `${lines}\n${error.cause === undefined ? '' : `caused by ${renderStack(error.cause, clean)}`}`;
}
