import { readdirSync } from 'node:fs';
import { cruise, type IReporterOutput } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { forbidden, options, owners } from './layering-rules.ts';

/**
 * Checks the rules of layering-rules.ts. A check that sees nothing says that all is well, so this one also fails
 * when it saw fewer files than there are, or could not resolve the packages that the rules are about.
 */
const tsConfig = extractTSConfig('tsconfig.json');
const { output }: IReporterOutput = await cruise(
  ['src'],
  { ...options, ruleSet: { forbidden: [...forbidden] }, validate: true },
  undefined,
  { tsConfig },
);
if (typeof output === 'string') throw new Error('expected a result, not a text');

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
const seen = output.modules.filter(({ source }) => source.startsWith('src/'));
const knowsPackages = Object.keys(owners).every((name) =>
  output.modules.some(({ source }) => source.includes(`node_modules/${name}/`)),
);
for (const { rule, from, to } of output.summary.violations) {
  const { comment = '' } = forbidden.find(({ name }) => name === rule.name) ?? {};
  process.stderr.write(`error: ${rule.name}: ${from} -> ${to}\nhint: ${comment}\n`);
}
const mute = seen.length !== files.length || !knowsPackages;
if (mute) process.stderr.write(`error: layering saw ${seen.length} of ${files.length} files of src\n`);
process.stdout.write(`layering: ${seen.length} files, ${output.summary.violations.length} violations\n`);
process.exitCode = mute || output.summary.violations.length > 0 ? 1 : 0;
