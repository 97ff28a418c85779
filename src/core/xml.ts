// Text that can stand in XML.

// What XML 1.0 has no way to hold is dropped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to drop
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

/** Text and attribute values, escaped. */
export const escapeXml = (text: string): string =>
  text.replace(unprintable, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
