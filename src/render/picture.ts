import type { Neighborhood } from '../model/neighborhood.ts';

/** How a neighbourhood can be drawn as a picture. */
export const PICTURE_FORMATS = ['mermaid', 'dot', 'svg'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** Draws a picture. What lays it out is loaded only where it is needed. */
export async function renderPicture(neighborhood: Neighborhood, format: PictureFormat): Promise<string> {
  switch (format) {
    case 'mermaid':
      return (await import('./mermaid.ts')).renderMermaid(neighborhood);
    case 'dot':
      return (await import('./dot.ts')).renderDot(neighborhood);
    case 'svg':
      return (await import('./svg.ts')).renderSvg(neighborhood);
  }
}
