import type { NodeColors } from './node-colors.ts';

const FONT = 'system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif';

/** What lines end in; to stand once in a picture. */
export const ARROW_HEAD =
  '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto" ' +
  'markerUnits="userSpaceOnUse"><path class="tip" d="M0 0.5 8 4 0 7.5z"/></marker></defs>';

/** The style sheet of a picture, with a class `t0`, `t1` ... for each type of node; it follows the reader's light or dark. */
export function svgStyle(types: readonly NodeColors[]): string {
  const light = types.map(({ fill, line }, index) => `.t${index}{fill:${fill};stroke:${line}}`);
  const dark = types.map(({ line }, index) => `.t${index}{fill:${line};fill-opacity:.35}`);
  return [
    `text{font-family:${FONT};font-size:12px;fill:#1f2328}`,
    '.paper{fill:#ffffff}',
    '.heading{font-size:16px;font-weight:600}',
    '.small{font-size:10px;fill:#57606a}',
    '.node text{text-anchor:middle}',
    '.box{stroke-width:1.2}',
    '.root .box{stroke-width:2.6}',
    '.deleted .box{stroke-dasharray:1 3}',
    '.deleted text{text-decoration:line-through}',
    '.deleted .small{text-decoration:none}',
    '.more .box{fill:none;stroke:#8c959f;stroke-dasharray:4 3}',
    '.edge{fill:none;stroke:#8c959f;stroke-width:1.2}',
    '.frame{fill:none;stroke:#8c959f;stroke-width:1.2;stroke-opacity:.6}',
    '.cut{stroke-dasharray:4 3}',
    '.label{font-size:10px;fill:#57606a;text-anchor:middle}',
    '.tip{fill:#8c959f}',
    ...light,
    '@media (prefers-color-scheme:dark){',
    'text{fill:#e6edf3}',
    '.paper{fill:#0d1117}',
    '.small{fill:#b1bac4}',
    '.label{fill:#b1bac4}',
    ...dark,
    '}',
  ].join('\n');
}
