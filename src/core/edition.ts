// An edition: what one city tells the house about itself, as data.

import type { Language, Text } from './texts.ts';

export type Edition = {
  /** Folder name under `src/city`, e.g. `hong-kong`. */
  id: string;
  /** Name of the city, e.g. Hong Kong. */
  name: Text;
  /** Name of the public site, e.g. Smart City Hong Kong. */
  siteName: Text;
  /** One sentence for search engines and link previews. */
  description: Text;
  languages: readonly Language[];
  /** IANA time zone. */
  timeZone: string;
  /** WGS 84 bounds: [west, south, east, north] in degrees. */
  bounds: readonly [number, number, number, number];
  /** EPSG code of the city's own grid, if it has one. */
  grid?: number;
  /** Groups of words that mean the same to people who search, e.g. `['停車位', '泊車位']`. */
  synonyms?: readonly (readonly string[])[];
  /** ISO 4217. */
  currency: string;
  /** Data for each module, by module name; the module checks it against its own schema. */
  data: Record<string, unknown>;
};
