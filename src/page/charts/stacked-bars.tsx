import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import { useEffect, useRef } from 'preact/hooks';
import { darkStore } from '../state/theme.ts';
import { useStore } from '../state/use-store.ts';
import { countOf } from '../text/numbers.ts';
import type { Bucket } from './buckets.ts';
import { chartSettings } from './chart-settings.ts';
import type { Timeline } from './series.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** Errors over time as stacked bars. A bar leads to what it is of. The same stands in the table that the view offers. */
export default function StackedBars({
  timeline,
  choose,
}: {
  readonly timeline: Timeline;
  readonly choose: (bucket: Bucket) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = useStore(darkStore);
  // in another theme it is drawn in other colours
  useEffect(() => {
    if (canvas.current === null) return;
    const chart = new Chart(canvas.current, chartSettings(timeline, choose));
    return () => chart.destroy();
  }, [timeline, isDark]);
  const label = `Bars of errors over time: ${countOf(timeline.buckets.length, timeline.grain)}, in ${countOf(timeline.series.length, 'series', 'series')}. The table shows the same.`;
  return (
    <div class="chart">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
