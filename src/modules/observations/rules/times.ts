// Times as SensorThings writes them (ISO 8601): an instant, or an interval of two with a slash between.

const instant = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)$/i;

/** Milliseconds since 1970; undefined for what is no instant with a time zone. */
export function parseInstant(text: string): number | undefined {
  const found = instant.exec(text.trim());
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '0', zone = 'Z'] = found;
  const digits = /^([+-]\d\d):?(\d\d)?$/.exec(zone);
  const offset = digits ? `${digits[1]}:${digits[2] ?? '00'}` : 'Z';
  const whole = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  // JavaScript takes the 31st of a shorter month for the 1st of the next.
  const isDay = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number.isNaN(whole) || !isDay) return undefined;
  return whole + Math.round(Number(`0.${fraction}`) * 1000);
}

/** Start, and end where it lasted; undefined for what is neither an instant nor an interval. */
export function parseTime(text: string): { at: number; until?: number } | undefined {
  const [first = '', second, ...more] = text.split('/');
  const at = parseInstant(first);
  if (at === undefined || more.length > 0) return undefined;
  if (second === undefined) return { at };
  const until = parseInstant(second);
  return until === undefined || until < at ? undefined : { at, until };
}
