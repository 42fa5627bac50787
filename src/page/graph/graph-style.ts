import type { StylesheetJson } from 'cytoscape';
import { resolveColor } from '../charts/colors.ts';

const TONES = ['error', 'boundary', 'command', 'task-good', 'task-bad', 'action', 'entity', 'other'];

/** How the graph is drawn, in the colours that the page has now. */
export function graphStyle(): StylesheetJson {
  const [text, quiet, line, surface, accent] = ['text', 'text-quiet', 'line-strong', 'surface', 'accent'].map(
    resolveColor,
  );
  const { fontFamily } = getComputedStyle(document.body);
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        'font-family': fontFamily,
        'font-size': 13,
        color: text ?? '',
        'text-valign': 'bottom',
        'text-margin-y': 4,
        'line-height': 1.15,
        'text-wrap': 'wrap',
        'text-max-width': '220px',
        'text-background-color': surface ?? '',
        'text-background-opacity': 0.85,
        'text-background-padding': '2px',
        width: 22,
        height: 22,
        'border-width': 2,
        'border-color': surface ?? '',
        'overlay-opacity': 0,
      },
    },
    ...TONES.map((tone) => ({
      selector: `.tone-${tone}`,
      style: { 'background-color': resolveColor(`tone-${tone}`) },
    })),
    { selector: '.tone-entity', style: { shape: 'round-rectangle' } },
    { selector: '.gone', style: { opacity: 0.5 } },
    {
      selector: '.root',
      style: { width: 34, height: 34, 'border-color': accent ?? '', 'border-width': 4, 'font-weight': 'bold' },
    },
    { selector: '.pointed', style: { 'border-color': accent ?? '', 'border-width': 4 } },
    {
      selector: 'edge',
      style: {
        width: 1.4,
        'line-color': line ?? '',
        'target-arrow-color': line ?? '',
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.8,
        'curve-style': 'straight',
        label: 'data(label)',
        'font-family': fontFamily,
        'font-size': 9,
        color: quiet ?? '',
        'text-background-color': surface ?? '',
        'text-background-opacity': 0.85,
        'text-rotation': 'autorotate',
      },
    },
    { selector: '.crowded', style: { label: '' } },
  ];
}
