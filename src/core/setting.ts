// One setting of the environment: what it is called, what it may be, and how its text becomes a value.

import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the whole program. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** How the text of one environment variable is read. Make one with the builders in `setting`. */
export type Setting<Value = unknown> = {
  /** What values it takes, in words, e.g. `on or off`; for the message to who sets it, and for the docs. */
  expected: string;
  /** What it does, one or two sentences. */
  about: string;
  /** Never shown, not even in the message that refuses it. */
  secret: boolean;
  /** Value when it is not set. */
  default: Value;
  /** The default as the docs show it; absent when there is none. */
  defaultText?: string;
  /** The value of a text, or `undefined` for a text that cannot be used. */
  parse(text: string): Value | undefined;
};

/** Settings of core or of a module, by the name of the environment variable. */
export type Settings = Record<string, Setting>;

export type SettingOptions<Value> = {
  about: string;
  default?: Value;
  defaultText?: string;
  secret?: boolean;
};

type Reading<Value> = {
  expected: string;
  parse(text: string): Value | undefined;
  show?(value: Value): string;
};

function make<Value, Default extends Value | undefined>(
  options: SettingOptions<Default>,
  reading: Reading<Value>,
): Setting<Value | Default> {
  const fallback = options.default as Value | Default;
  const show = reading.show ?? String;
  const defaultText = options.defaultText ?? (fallback === undefined ? undefined : show(fallback as Value));
  return {
    expected: reading.expected,
    about: options.about,
    secret: options.secret ?? false,
    default: fallback,
    ...(defaultText === undefined ? {} : { defaultText }),
    parse: reading.parse,
  };
}

const flagWords = new Map([
  ...['on', 'true', '1'].map((word) => [word, true] as const),
  ...['off', 'false', '0'].map((word) => [word, false] as const),
]);

const wholeNumber = /^-?\d{1,15}$/;

function parseInteger(text: string, least: number, most: number): number | undefined {
  const value = wholeNumber.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function parseItems<Item>(text: string, parse: (item: string) => Item | undefined): Item[] | undefined {
  const items = text.split(',').map((item) => parse(item.trim()));
  return items.includes(undefined) ? undefined : [...new Set(items as Item[])];
}

type Choices<Choice extends string> = { choices: readonly Choice[] };
type Some<Value> = Value | undefined;

/** `scheme://...` with one of the schemes; a PostgreSQL URL may leave the host out. */
function isUrl(text: string, schemes: readonly string[]): boolean {
  const scheme = schemes.find((name) => text.startsWith(`${name}://`));
  return (
    scheme !== undefined &&
    !/\s/.test(text) &&
    URL.canParse(text.replace(/^[^:]+:\/\/([^/]*@)?(?=\/)/, '$&host'))
  );
}

/** An address, a network such as 10.0.0.0/8, or one of the names that Fastify knows for such networks. */
function parseNetwork(text: string): string | undefined {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return text;
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return undefined;
  return bits === undefined || parseInteger(bits, 1, version === 4 ? 32 : 128) !== undefined
    ? text
    : undefined;
}

export const setting = {
  /** Any text, or one of a form. */
  string: <Default extends Some<string> = undefined>(
    options: SettingOptions<Default> & { pattern?: RegExp; expected?: string },
  ) =>
    make<string, Default>(options, {
      expected: options.expected ?? 'text',
      parse: (text) => (options.pattern === undefined || options.pattern.test(text) ? text : undefined),
    }),

  integer: <Default extends Some<number> = undefined>(
    options: SettingOptions<Default> & { least: number; most: number },
  ) =>
    make<number, Default>(options, {
      expected: `a whole number from ${options.least} to ${options.most}`,
      parse: (text) => parseInteger(text, options.least, options.most),
    }),

  /** A TCP port; 0 lets the system choose. */
  port: <Default extends Some<number> = undefined>(options: SettingOptions<Default>) =>
    make<number, Default>(options, {
      expected: 'a port from 0 to 65535 (0: any free one)',
      parse: (text) => parseInteger(text, 0, 65_535),
    }),

  /** One of a few words; the first when no default is given. */
  choice: <Choice extends string>(options: SettingOptions<NoInfer<Choice>> & Choices<Choice>) =>
    make<Choice, Choice>(
      { ...options, default: options.default ?? options.choices[0]! },
      {
        expected: `one of ${options.choices.join(', ')}`,
        parse: (text) => options.choices.find((choice) => choice === text),
      },
    ),

  /** Some of a few words, with commas between. */
  list: <Choice extends string>(options: SettingOptions<readonly Choice[]> & Choices<Choice>) =>
    make<readonly Choice[], readonly Choice[]>(
      { ...options, default: options.default ?? [] },
      {
        expected: `one or more of ${options.choices.join(', ')}, with commas between`,
        parse: (text) => parseItems(text, (item) => options.choices.find((choice) => choice === item)),
        show: (value) => value.join(','),
      },
    ),

  /** IP addresses and networks, with commas between. */
  networks: (options: SettingOptions<readonly string[]>) =>
    make<readonly string[], readonly string[]>(
      { ...options, default: options.default ?? [] },
      {
        expected: 'IP addresses or networks (10.0.0.0/8, loopback), with commas between',
        parse: (text) => parseItems(text, parseNetwork),
        show: (value) => value.join(','),
      },
    ),

  flag: (options: SettingOptions<boolean>) =>
    make<boolean, boolean>(
      { ...options, default: options.default ?? false },
      {
        expected: 'on or off',
        parse: (text) => flagWords.get(text.toLowerCase()),
        show: (value) => (value ? 'on' : 'off'),
      },
    ),

  url: <Default extends Some<string> = undefined>(
    options: SettingOptions<Default> & { schemes: readonly string[] },
  ) =>
    make<string, Default>(options, {
      expected: `a URL that starts with ${options.schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
      parse: (text) => (isUrl(text, options.schemes) ? text : undefined),
    }),

  /** Scheme, host and port of a web site, without a path. */
  origin: <Default extends Some<string> = undefined>(options: SettingOptions<Default>) =>
    make<string, Default>(options, {
      expected: 'a web address without a path, e.g. https://city.example',
      parse: (text) => {
        if (!isUrl(text, ['http', 'https'])) return undefined;
        const url = new URL(text);
        const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
        return bare ? url.origin : undefined;
      },
    }),

  /** A file or folder. */
  path: <Default extends Some<string> = undefined>(options: SettingOptions<Default>) =>
    make<string, Default>(options, {
      expected: 'a path (a relative one starts at the checkout)',
      parse: (text) => (text.includes('\0') ? undefined : resolve(checkout, text)),
    }),
};
