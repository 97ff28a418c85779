// Readers of CSV and XML as strict as their standards, so that strangers can read what the city writes.

/** Rows of cells (RFC 4180). Throws where a quote is in the wrong place, or a line is not ended. */
export function parseCsv(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, '');
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  while (cell.lastIndex < body.length) {
    const at = cell.lastIndex;
    const found = cell.exec(body);
    if (found === null)
      throw new Error(`No CSV at character ${at}: ${JSON.stringify(body.slice(at, at + 60))}`);
    const [, quoted, plain = '', end] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('The last line is not ended.');
  return rows;
}

export type XmlElement = {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Text directly inside, with its references resolved. */
  text: string;
};

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with references resolved; throws at a bare ampersand and at characters XML 1.0 cannot hold. */
function resolve(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these characters
  const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.exec(text);
  if (forbidden) throw new Error(`A character that XML cannot hold: ${JSON.stringify(forbidden[0])}`);
  return text.replace(
    /&(?:#(\d+);|#x([\dA-Fa-f]+);|(\w+);)?/g,
    (whole, ...groups: (string | undefined)[]) => {
      const [decimal, hex, name] = groups;
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      const known = named[String(name)];
      if (known === undefined) throw new Error(`${whole} is no reference`);
      return known;
    },
  );
}

function attributesOf(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  const one = /\s+([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
  while (one.lastIndex < source.trimEnd().length) {
    const found = one.exec(source);
    if (found === null) throw new Error(`No attributes: ${source}`);
    const [, name = '', double, single = ''] = found;
    if (name in attributes) throw new Error(`${name} stands twice`);
    attributes[name] = resolve(double ?? single);
  }
  return attributes;
}

/** The root element of a well-formed document without doctype, comments or CDATA; throws at anything else. */
export function parseXml(document: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!document.startsWith(declaration)) throw new Error('No XML declaration.');
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: XmlElement[] = [top];
  const piece = /<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[^<>"'/=]+=\s*(?:"[^"]*"|'[^']*'))*\s*)(\/?)>|([^<]+)/y;
  piece.lastIndex = declaration.length;
  while (piece.lastIndex < document.length) {
    const at = piece.lastIndex;
    const found = piece.exec(document);
    if (found === null) throw new Error(`No XML at character ${at}: ${document.slice(at, at + 60)}`);
    const [, closing, name = '', attributes = '', empty, text] = found;
    const parent = open.at(-1)!;
    if (text !== undefined) parent.text += resolve(text);
    else if (closing) {
      if (open.length === 1 || parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else {
      const element: XmlElement = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  if (top.children.length !== 1 || top.text.trim() !== '') throw new Error('Not exactly one root element.');
  return top.children[0]!;
}
