import type { RunWithReport } from '../../api/runs.ts';
import { WarningsNote } from '../../parts/warnings-note.tsx';
import { countOf, formatCount } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';

const COLUMNS = ['read', 'inserted', 'updated', 'unchanged', 'skipped'] as const;

/** What came of a run. */
export function RunReportTable({ run: { state, dry_run, error, report } }: { readonly run: RunWithReport }) {
  return (
    <>
      <p role="status">
        <span class={`badge badge-run-${state}`}>{state}</span>
        {dry_run && <span class="badge">dry run: nothing was written</span>}
        {report && (
          <span class="quiet">
            {' '}
            {formatCount(report.duration_ms)} ms, {report.mode}
          </span>
        )}
      </p>
      {error && (
        <div class="note note-bad">
          <p class="note-what">
            <Shown text={error.message} longest={600} />
          </p>
          <p class="note-hint">
            <Shown text={error.hint} longest={600} />
          </p>
        </div>
      )}
      {report && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <section class="table-scroll" tabIndex={0} aria-label="Report">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">Extractor</th>
                  {COLUMNS.map((column) => (
                    <th key={column} scope="col" class="number">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {report.extractors.map((extractor) => (
                  <tr key={extractor.name}>
                    <th scope="row">
                      <Shown text={extractor.name} longest={40} />
                      {extractor.status !== 'ok' && <span class="badge">{extractor.status}</span>}
                    </th>
                    {COLUMNS.map((column) => (
                      <td key={column} class="number">
                        {formatCount(extractor[column])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {report.edges && (
            <p class="fine-print">
              {countOf(report.edges.inserted, 'edge')} {report.dry_run ? 'would be made' : 'made'},{' '}
              {formatCount(report.edges.unchanged)} there already
            </p>
          )}
          <WarningsNote
            warnings={[...(report.warnings ?? []), ...report.extractors.flatMap(({ warnings }) => warnings)]}
          />
        </>
      )}
    </>
  );
}
