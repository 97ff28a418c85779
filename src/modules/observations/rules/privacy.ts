// What could tell who somebody is: datastreams of such kinds need a basis that is named.

/** What an observed property says of itself. */
export type Said = { name: string; definition: string; description: string };

export const identifyingKinds = ['face', 'device', 'plate', 'voice', 'person'] as const;
/** A face, the identity of a device that somebody carries, a licence plate, a voice, or a person outright. */
export type IdentifyingKind = (typeof identifyingKinds)[number];

/** Words of each kind, as whole words; the Chinese ones anywhere. */
const signs: Record<IdentifyingKind, RegExp> = {
  face: /\b(faces?|facial|face ?(id|print|recognition|image)s?|iris|retina|gait|biometrics?)\b|人臉|人脸|面容|面部|虹膜|步態|生物特徵/i,
  device:
    /\b(mac ?addr(ess(es)?)?|bssids?|imsi|imei|imeisv|idfa|gaid|(device|phone|handset|bluetooth|wi ?fi|beacon) ?(identit(y|ies)|identifiers?|ids?|address(es)?)|probe requests?)\b|裝置識別|裝置位址|手機識別|媒體存取控制/i,
  plate:
    /\b((licen[cs]e|number|registration) ?plates?|plate ?numbers?|vehicle registrations?|anpr|alpr|lpr)\b|車牌|车牌|車輛登記號/i,
  voice:
    /\b(voices?|voiceprints?|speech|conversations?|speakers? ?(identity|recognition)|audio ?(recording|stream)s?)\b|聲紋|語音|語音錄音|對話/i,
  person:
    /\b(passports?|identity ?(cards?|numbers?)|hkid|octopus ?(card)? ?(number|id)s?|phone ?numbers?|e-?mail ?address(es)?|person ?(identity|id|name)s?)\b|身份證|護照|電話號碼|八達通號碼/i,
};

/** Camel case, hyphens, slashes and underscores are spaces to a reader of words. */
const inWords = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_/#.:?&=+%]+/g, ' ');

/** The kind of identity that the properties speak of, if any; a word in a description alone does not count. */
export function identifyingKindOf(properties: readonly Said[]): IdentifyingKind | undefined {
  const said = properties.map(({ name, definition }) => inWords(`${name} | ${definition}`)).join(' | ');
  return identifyingKinds.find((kind) => signs[kind].test(said));
}

/** Whether such a datastream may exist. */
export function mayExist(
  { identifying, basis }: { identifying: boolean; basis?: string | null | undefined },
  properties: readonly Said[],
): boolean {
  const concerns = identifying || identifyingKindOf(properties) !== undefined;
  return !concerns || (identifying && (basis ?? '').trim() !== '');
}
