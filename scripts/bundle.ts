/**
 * Builds `dist`: the modules of `src` in a few files, as loading some hundred of them would take every command 25 to 50 ms.
 * What only one command needs stays in files of its own, and packages stay outside.
 */
import { build } from 'rolldown';

await build({
  input: {
    index: 'src/index.ts',
    'cli/index': 'src/cli/index.ts',
    'jobs/read-thread-program': 'src/jobs/read-thread-program.ts',
    'threads/thread-program': 'src/threads/thread-program.ts',
  },
  platform: 'node',
  tsconfig: 'tsconfig.build.json',
  external: (id) => !/^[./]/.test(id),
  output: { dir: 'dist', chunkFileNames: 'chunks/[name]-[hash].js' },
});
