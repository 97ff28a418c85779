// Finds the line of a value inside a JSON text, so that an error about data can point at its place.

/** A step into an object or an array. */
export type JsonPath = readonly (string | number | symbol)[];

/**
 * Line (from 1) on which the value at `path` stands; where the path goes deeper than the text, the line of
 * the deepest part that is there. The text must be valid JSON (RFC 8259).
 */
export function lineOfPath(text: string, path: JsonPath): number {
  const position = new Walker(text).find(path.map(String));
  return lineAt(text, position);
}

/** Line (from 1) at which a JSON text stops being valid, or undefined when it is valid. */
export function lineOfSyntaxError(text: string): { line: number; message: string } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    return { line: lineAt(text, position === undefined ? text.length : Number(position)), message };
  }
}

const lineAt = (text: string, position: number) => {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
};

/** Walks valid JSON and skips what is not on the path. */
class Walker {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  find(path: string[]): number {
    this.skipSpace();
    const start = this.at;
    const [step, ...rest] = path;
    if (step === undefined) return start;
    const opening = this.text[this.at];
    if (opening !== '{' && opening !== '[') return start;
    this.at += 1;
    for (let index = 0; ; index += 1) {
      this.skipSpace();
      const next = this.text[this.at];
      if (next === undefined || next === '}' || next === ']') return start;
      const key = opening === '{' ? this.readKey() : String(index);
      if (key === step) return this.find(rest);
      this.skipValue();
      this.skipSpace();
      if (this.text[this.at] === ',') this.at += 1;
    }
  }

  private skipSpace() {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private readKey(): string {
    const start = this.at;
    this.skipString();
    const key = JSON.parse(this.text.slice(start, this.at)) as string;
    this.skipSpace();
    this.at += 1;
    return key;
  }

  private skipString() {
    this.at += 1;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at += 1;
  }

  private skipValue() {
    let depth = 0;
    this.skipSpace();
    do {
      const character = this.text[this.at];
      if (character === undefined) return;
      if (character === '"') {
        this.skipString();
        continue;
      }
      if (character === '{' || character === '[') depth += 1;
      if (character === '}' || character === ']') depth -= 1;
      if (depth < 0) return;
      this.at += 1;
    } while (depth > 0 || !/[,\]}]/.test(this.text[this.at] ?? ','));
  }
}
