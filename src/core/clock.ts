// The one source of time, so that tests can set it.

export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export function fixedClock(start: string | Date): Clock & { set(to: string | Date): void } {
  let current = new Date(start);
  return {
    now: () => new Date(current),
    set: (to) => {
      current = new Date(to);
    },
  };
}

const minuteMs = 60_000;

type Zone = { format: Intl.DateTimeFormat; minute: number; day: string };
/** Making a format takes longer than a thousand uses of it, and no zone changes its day within a minute. */
const zones = new Map<string, Zone>();

/** Calendar day `YYYY-MM-DD` of an instant in an IANA time zone. */
export function calendarDay(instant: Date, timeZone: string): string {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    zone = { format, minute: Number.NaN, day: '' };
    zones.set(timeZone, zone);
  }
  const minute = Math.floor(instant.getTime() / minuteMs);
  if (minute !== zone.minute) {
    zone.day = zone.format.format(instant);
    zone.minute = minute;
  }
  return zone.day;
}
