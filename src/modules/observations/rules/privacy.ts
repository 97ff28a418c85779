// What could tell who somebody is: datastreams of such kinds need a basis that is named.

/** What an observed property says of itself. */
export type Said = { name: string; definition: string; description: string };

export const identifyingKinds = ['face', 'device', 'plate', 'voice', 'person'] as const;
/** A face, the identity of a device that somebody carries, a licence plate, a voice, or a person outright. */
export type IdentifyingKind = (typeof identifyingKinds)[number];

/** Words of each kind, whole ones; Chinese has no space between words. */
const signs: Record<IdentifyingKind, { words: string[]; chinese: string[] }> = {
  face: {
    words: [
      'faces?',
      'facial',
      'face ?(id|print|recognition|image)s?',
      'iris',
      'retina',
      'gait',
      'biometrics?',
    ],
    chinese: ['人臉', '人脸', '面容', '面部', '虹膜', '步態', '生物特徵'],
  },
  device: {
    words: [
      ...['mac ?addr(ess(es)?)?', 'bssids?', 'imsi', 'imei', 'imeisv', 'idfa', 'gaid', 'probe requests?'],
      '(device|phone|handset|bluetooth|wi ?fi|beacon) ?(identit(y|ies)|identifiers?|ids?|address(es)?)',
    ],
    chinese: ['裝置識別', '裝置位址', '手機識別', '媒體存取控制'],
  },
  plate: {
    words: [
      ...['(licen[cs]e|number|registration) ?plates?', 'plate ?numbers?', 'vehicle registrations?'],
      ...['anpr', 'alpr', 'lpr'],
    ],
    chinese: ['車牌', '车牌', '車輛登記號'],
  },
  voice: {
    words: [
      ...['voices?', 'voiceprints?', 'speech', 'conversations?', 'speakers? ?(identity|recognition)'],
      'audio ?(recording|stream)s?',
    ],
    chinese: ['聲紋', '語音', '對話'],
  },
  person: {
    words: [
      ...['passports?', 'identity ?(cards?|numbers?)', 'hkid', 'octopus ?(card)? ?(number|id)s?'],
      ...['phone ?numbers?', 'e ?mail ?address(es)?', 'person ?(identity|id|name)s?'],
    ],
    chinese: ['身份證', '護照', '電話號碼', '八達通號碼'],
  },
};
const patterns = identifyingKinds.map((kind) => {
  const { words, chinese } = signs[kind];
  return { kind, pattern: new RegExp(`\\b(${words.join('|')})\\b|${chinese.join('|')}`, 'i') };
});

/** Camel case, hyphens, slashes and underscores are spaces to a reader of words. */
const inWords = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_/#.:?&=+%]+/g, ' ');

/** The kind of identity that names or definitions speak of, if any; a description alone does not count. */
export function identifyingKindOf(properties: readonly Said[]): IdentifyingKind | undefined {
  const said = properties.map(({ name, definition }) => inWords(`${name} | ${definition}`)).join(' | ');
  return patterns.find(({ pattern }) => pattern.test(said))?.kind;
}

/** Whether such a datastream may exist. */
export function mayExist(
  { identifying, basis }: { identifying: boolean; basis?: string | null | undefined },
  properties: readonly Said[],
): boolean {
  const concerns = identifying || identifyingKindOf(properties) !== undefined;
  return !concerns || (identifying && (basis ?? '').trim() !== '');
}
