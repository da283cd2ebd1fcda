/** The text of a field, without blanks around it; empty where there is none. */
export function textIn(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** The whole number in a field, with or without separators; null: it is none. */
export function numberIn(fields: FormData, name: string): number | null {
  const digits = textIn(fields, name).replaceAll(/[,\s]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** The moment in a field for date and time, as it is in the reader's time zone; null: it is none. */
export function momentIn(fields: FormData, name: string): string | null {
  const at = new Date(textIn(fields, name));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** A moment as a field for date and time takes it: `2024-01-17T12:00`, in the reader's time zone. */
export function forMomentField(at: number): string {
  const minutes = new Date(at).getTimezoneOffset();
  return new Date(at - minutes * 60_000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
}
