/** Loaded before the program with --import: runs it without fingerprint and seals, to measure what they cost. */
import { register } from 'node:module';

register('./without-trust-hooks.js', import.meta.url);
