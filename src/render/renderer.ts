import type { RunEvent } from '../engine/run-event.ts';

/** Turns the events of a run, one by one, into text for stdout, newlines included. It prints nothing itself. */
export type RunRenderer = (event: RunEvent) => string;

export const FORMATS = ['table', 'json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];
