import { useId } from 'preact/hooks';

/** A field of a form of filters. */
export interface FilterField {
  /** As it is called in the query. */
  readonly name: string;
  readonly label: string;
  readonly example?: string;
  /** The values to choose from, each with its words; any text where it is left out. */
  readonly options?: readonly (readonly [string, string])[];
}

/** Conditions, set all at once. */
export function FilterForm({
  fields,
  values,
  apply,
}: {
  readonly fields: readonly FilterField[];
  readonly values: Readonly<Record<string, string>>;
  readonly apply: (values: Readonly<Record<string, string>>) => void;
}) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]);
    apply(Object.fromEntries(entries));
  };
  return (
    // A new form where the values have changed elsewhere, so that its fields show them.
    <form class="filters" key={JSON.stringify(values)} onSubmit={submit}>
      {fields.map((field) => (
        <Field key={field.name} field={field} value={values[field.name] ?? ''} />
      ))}
      <div class="filters-do">
        <button type="submit" class="button button-main">
          Apply
        </button>
        <button type="button" class="button" onClick={() => apply({})}>
          Clear
        </button>
      </div>
    </form>
  );
}

function Field({
  field: { name, label, example, options },
  value,
}: {
  readonly field: FilterField;
  readonly value: string;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {options ? (
        <select id={id} name={name} defaultValue={value}>
          {options.map(([option, words]) => (
            <option key={option} value={option} selected={option === value}>
              {words}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name} defaultValue={value} placeholder={example} autoComplete="off" spellcheck={false} />
      )}
    </div>
  );
}
