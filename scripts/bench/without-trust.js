/** Loaded before the program with --import: runs it without fingerprint and seals, to measure what they cost. */
import { register } from 'node:module';

register('./stand-in-hooks.js', import.meta.url, { data: 'trust' });
