/** The program as its single modules, before they are put together: some of them can be replaced. */
const { runProcess } = await import(new URL('../../dist-modules/cli/index.js', import.meta.url).href);
await runProcess();
