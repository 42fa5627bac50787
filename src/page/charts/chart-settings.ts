import type { ChartConfiguration, TooltipItem } from 'chart.js';
import { plainText } from '../text/hidden.ts';
import { formatCount } from '../text/numbers.ts';
import { shorten } from '../text/shorten.ts';
import { titleOf } from './bucket-title.ts';
import type { Bucket, Grain } from './buckets.ts';
import { resolveColor, seriesToken } from './colors.ts';
import type { Timeline } from './series.ts';

const LONGEST_NAME = 40;

/** The chart of a timeline, in the colours that the page has now. */
export function chartSettings(
  { grain, buckets, series }: Timeline,
  choose: (bucket: Bucket) => void,
): ChartConfiguration<'bar', number[], string> {
  const [text, quiet, line, surface] = ['text', 'text-quiet', 'line', 'surface-raised'].map(resolveColor);
  const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
  const nameOf = (bucket: Bucket | undefined) => titleOf(bucket, grain);
  return {
    type: 'bar',
    data: {
      labels: buckets.map(({ label }) => label),
      datasets: series.map(({ name, counts, isRest }, at) => ({
        label: plainText(shorten(name, LONGEST_NAME).text),
        data: [...counts],
        backgroundColor: resolveColor(seriesToken(at, isRest)),
        borderRadius: 2,
        maxBarThickness: 36,
        categoryPercentage: 0.9,
        barPercentage: 0.9,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      onClick: (_, [hit]) => {
        const bucket = hit && buckets[hit.index];
        if (bucket) choose(bucket);
      },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: line },
          ticks: {
            color: quiet,
            font,
            maxRotation: 0,
            autoSkipPadding: 16,
            callback: (at) => shortDay(buckets[Number(at)], grain),
          },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          grid: { color: line },
          border: { display: false },
          ticks: {
            color: quiet,
            font,
            precision: 0,
            maxTicksLimit: 6,
            callback: (value) => formatCount(Number(value)),
          },
        },
      },
      plugins: {
        tooltip: {
          backgroundColor: surface,
          borderColor: line,
          borderWidth: 1,
          titleColor: text,
          bodyColor: text,
          footerColor: quiet,
          titleFont: font,
          bodyFont: font,
          footerFont: { ...font, weight: 'normal' },
          padding: 10,
          boxPadding: 4,
          filter: ({ parsed }) => (parsed.y ?? 0) > 0,
          itemSort: (one, other) => (other.parsed.y ?? 0) - (one.parsed.y ?? 0),
          callbacks: {
            title: ([item]) => (item ? nameOf(buckets[item.dataIndex]) : ''),
            label: ({ dataset, parsed }) => ` ${dataset.label ?? ''}: ${formatCount(parsed.y ?? 0)}`,
            footer: (items: TooltipItem<'bar'>[]) =>
              `${formatCount(items.reduce((sum, { parsed }) => sum + (parsed.y ?? 0), 0))} in all`,
          },
        },
      },
    },
  };
}

const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric', timeZone: 'UTC' });

function shortDay(bucket: Bucket | undefined, grain: Grain): string {
  if (bucket === undefined) return '';
  return (grain === 'month' ? monthFormat : dayFormat).format(new Date(`${bucket.day}T00:00:00Z`));
}
