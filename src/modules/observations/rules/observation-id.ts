// The id of an Observation: its key in the history, written short, so that it is found without another index.

/** What finds an observation; `at` in milliseconds since 1970. */
export type ObservationKey = { datastreamId: number; at: number; revision: number };

const written = /^([0-9a-z]{1,11})-([0-9a-z]{1,9})-(\d{1,5})$/;

/** Datastream and time in base 36, and the number of the revision, with hyphens between. */
export const observationId = ({ datastreamId, at, revision }: ObservationKey): string =>
  `${datastreamId.toString(36)}-${at.toString(36)}-${revision}`;

/** The key in an id; undefined for what is none. */
export function parseObservationId(id: string): ObservationKey | undefined {
  const [, datastream = '', time = '', revision = ''] = written.exec(id) ?? [];
  const key = {
    datastreamId: parseInt(datastream, 36),
    at: parseInt(time, 36),
    revision: Number(revision),
  };
  // One observation has one id: no leading zeros, no second spelling.
  return observationId(key) === id ? key : undefined;
}
