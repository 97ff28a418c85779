// Roll-ups: minutes, hours, and days of the city; and what must be gathered again when a value is corrected.

export const steps = [60, 3600, 86_400] as const;
/** Width of a roll-up in seconds; 86400 is a calendar day of the city, be it an hour longer or shorter. */
export type Step = (typeof steps)[number];

/** The coarsest step kept whose buckets fill a wider one asked for; undefined when none does. */
export const stepFor = (seconds: number): Step | undefined =>
  steps.findLast((step) => step <= seconds && seconds % step === 0);
