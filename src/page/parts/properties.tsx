import { Shown } from '../text/shown.tsx';

/** The properties of a node or edge: name by name where they are an object, else as they are. */
export function Properties({ value }: { readonly value: unknown }) {
  if (!isRecord(value)) return value === null ? <p class="quiet">none</p> : <Value value={value} />;
  const entries = Object.entries(value);
  if (entries.length === 0) return <p class="quiet">none</p>;
  return (
    <dl class="properties">
      {entries.map(([name, one]) => (
        <div key={name}>
          <dt>
            <Shown text={name} longest={60} />
          </dt>
          <dd>
            <Value value={one} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Any JSON value, for people. */
export function Value({ value }: { readonly value: unknown }) {
  if (typeof value === 'string') return value === '' ? <span class="quiet">empty</span> : <LongText text={value} />;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return (
      <ul class="tags">
        {value.map((one, at) => (
          // values may repeat, and stay where they are
          <li key={at}>
            <Shown text={one} longest={80} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object' && value !== null) return <LongText text={JSON.stringify(value, digits, 2)} />;
  return <span class="number">{String(value)}</span>;
}

const BRIEF = 600;

function LongText({ text }: { readonly text: string }) {
  if (text.length <= BRIEF) return <Shown text={text} longest={BRIEF} lines />;
  return (
    <details class="long-text">
      <summary>
        <Shown text={text} longest={160} />
      </summary>
      <Shown text={text} longest={200_000} lines />
    </details>
  );
}

const digits = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
