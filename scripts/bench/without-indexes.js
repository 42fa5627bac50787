/** Loaded before the program with --import: runs it without what questions are answered from, to measure what it costs. */
import { register } from 'node:module';

register('./stand-in-hooks.js', import.meta.url, { data: 'indexes' });
