interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'number' | 'datetime-local';
  /** What stands in it at first. */
  readonly first?: string | number;
  /** Of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
}

/** An input with its label, that must be filled in. The browser says what is wrong with it, in the reader's language. */
export function Field({ name, label, hint, type = 'text', first = '', ...limits }: FieldProps) {
  const common = { ...limits, name, required: true, autocomplete: 'off', defaultValue: first };
  return (
    <label class="field">
      <span>{label}</span>
      {/* Blanks alone are no text. */}
      {type === 'text' && <input {...common} type="text" pattern=".*\S.*" />}
      {type === 'number' && <input {...common} type="number" step={1} inputMode="numeric" />}
      {type === 'datetime-local' && <input {...common} type="datetime-local" />}
      {hint !== undefined && <span class="hint">{hint}</span>}
    </label>
  );
}
