// Reads the forms of a page as a browser without a script would send them.

export type Form = {
  method: string;
  /** As it is written; empty means the address of the page. */
  action: string;
  attributes: Record<string, string>;
  /** What would be sent without touching anything: hidden, filled and ticked fields. */
  fields: [string, string][];
  /** Buttons with a name and a value, in their order. */
  buttons: [string, string][];
  /** Boxes that may be unticked. */
  boxes: [string, string][];
  html: string;
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string) =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole: string, ...[hex, decimal, name]: string[]) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return entities[name!] ?? whole;
  });

function attributesOf(tag: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, , , double, single, bare] of tag.matchAll(
    /([\w:-]+)(=("([^"]*)"|'([^']*)'|([^\s>]+)))?(?=[\s/>])/g,
  )) {
    found[name!.toLowerCase()] = decode(double ?? single ?? bare ?? '');
  }
  return found;
}

/** Inside of a tag; a value may hold any mark but its own quotes. */
const inside = `(?:[^>"']|"[^"]*"|'[^']*')*`;
const tagsOf = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`<${name}\\b${inside}>`, 'gi'))].map(([tag]) =>
    attributesOf(tag.slice(name.length + 1)),
  );

function readForm(opening: string, content: string): Form {
  const attributes = attributesOf(opening.slice('<form'.length));
  const form: Form = {
    method: (attributes.method ?? 'get').toLowerCase(),
    action: attributes.action ?? '',
    attributes,
    fields: [],
    buttons: [],
    boxes: [],
    html: content,
  };
  for (const { name, value = '', type = 'text', ...rest } of tagsOf(content, 'input')) {
    if (name === undefined) continue;
    const isBox = type === 'checkbox' || type === 'radio';
    if (type === 'checkbox') form.boxes.push([name, value || 'on']);
    if (!isBox || 'checked' in rest) form.fields.push([name, isBox ? value || 'on' : value]);
  }
  for (const { name, value = '' } of tagsOf(content, 'button')) {
    if (name !== undefined) form.buttons.push([name, value]);
  }
  return form;
}

/** Every form of a page, in its order. */
export function formsOf(html: string): Form[] {
  const pattern = new RegExp(`(<form\\b${inside}>)([\\s\\S]*?)</form>`, 'gi');
  return [...html.matchAll(pattern)].map(([, opening, content]) => readForm(opening!, content!));
}
