// Instants as the clocks of the city show them, to the minute.

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local date and time `YYYY-MM-DDTHH:MM` of an instant in an IANA time zone. */
export function minuteIn(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(timeZone, format);
  }
  return format.format(instant).replace(' ', 'T');
}
