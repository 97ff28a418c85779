// How well an account survives the loss of a device.

export type Protection = 'strong' | 'one-device' | 'few-codes' | 'no-codes' | 'weak';

const fewCodes = 3;

/** Strong: a device may be lost, and all of them may be lost. Weak: one lost device locks the person out. */
export function protectionOf({ devices, codes }: { devices: number; codes: number }): Protection {
  if (codes === 0) return devices > 1 ? 'no-codes' : 'weak';
  if (codes < fewCodes) return 'few-codes';
  return devices > 1 ? 'strong' : 'one-device';
}
