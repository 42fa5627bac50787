/** Runs every check beside the tests, two at a time; what each says comes whole, when it is done. Fails where any does. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Scripts of package.json; those that take long come first. */
const CHECKS = ['types', 'layering', 'unused', 'holes', 'lint'];
const AT_ONCE = 2;

/** Gives whether all is well. */
async function check(name: string): Promise<boolean> {
  const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [code, said, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  process.stdout.write(said);
  process.stderr.write(complaints);
  if (code !== 0) process.stderr.write(`error: npm run ${name} failed\n`);
  return code === 0;
}

const left = CHECKS.values();
const lane = async () => {
  for (const name of left) if (!(await check(name))) process.exitCode = 1;
};
await Promise.all(Array.from({ length: AT_ONCE }, lane));
