// How long history is kept: whole days of the city, so that no day is ever kept in part.

const dayMs = 86_400_000;

/** Milliseconds by which a wall clock in the zone is ahead of UTC at an instant. */
function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(atMs);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall - Math.floor(atMs / 1000) * 1000;
}

/** The instant at which the calendar day of `atMs` begins in the zone. */
export function startOfDay(atMs: number, timeZone: string): number {
  const wall = atMs + offsetMs(atMs, timeZone);
  const midnight = wall - (((wall % dayMs) + dayMs) % dayMs);
  // The offset at midnight may differ from the one now, on the day when clocks change.
  const guess = midnight - offsetMs(midnight - offsetMs(atMs, timeZone), timeZone);
  return guess;
}

/** What happened before this is not kept; undefined for a datastream that keeps everything. */
export function keptFrom(
  retentionDays: number | null,
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): number | undefined {
  return retentionDays === null ? undefined : startOfDay(nowMs - retentionDays * dayMs, timeZone);
}
