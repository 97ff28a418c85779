// Geometries as queries write them: well-known text (OGC 06-103r4, clause 7) in degrees of WGS 84.

/** Longitude and latitude. */
export type Position = readonly [number, number];

export type Geometry =
  | { type: 'Point'; at: Position }
  | { type: 'MultiPoint'; points: Position[] }
  | { type: 'LineString' | 'MultiLineString'; lines: Position[][] }
  | { type: 'Polygon' | 'MultiPolygon'; polygons: Position[][][] };

const mostPositions = 2000;
const heading = /^\s*(?:SRID\s*=\s*4326\s*;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*Z?\s*/i;
const token = /\s*([(),]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;

/** Reads nested lists of positions; each list is in brackets. */
class Reader {
  private place = 0;
  private positions = 0;
  constructor(private readonly text: string) {}

  private next(): string | undefined {
    token.lastIndex = this.place;
    const found = token.exec(this.text);
    if (found === null) return undefined;
    this.place = token.lastIndex;
    return found[1];
  }

  private peek(): string | undefined {
    const { place } = this;
    const found = this.next();
    this.place = place;
    return found;
  }

  position(): Position | undefined {
    const numbers: number[] = [];
    while (/[\d]/.test(this.peek() ?? '')) numbers.push(Number(this.next()));
    this.positions += 1;
    const [longitude, latitude, height] = numbers;
    if (longitude === undefined || latitude === undefined || numbers.length > 3) return undefined;
    if (this.positions > mostPositions || (height !== undefined && !Number.isFinite(height)))
      return undefined;
    return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : undefined;
  }

  list<Item>(item: () => Item | undefined): Item[] | undefined {
    if (this.next() !== '(') return undefined;
    const items: Item[] = [];
    for (;;) {
      const one = item();
      if (one === undefined) return undefined;
      items.push(one);
      const mark = this.next();
      if (mark === ')') return items;
      if (mark !== ',') return undefined;
    }
  }

  /** A position of a MULTIPOINT, with or without brackets of its own. */
  loose = (): Position | undefined =>
    this.peek() === '(' ? this.list(() => this.position())?.[0] : this.position();

  isAtEnd = (): boolean => this.text.slice(this.place).trim() === '';
}

const isRing = (ring: Position[]) => {
  const [first, last] = [ring[0]!, ring.at(-1)!];
  return ring.length >= 4 && first[0] === last[0] && first[1] === last[1];
};

function readBody(type: string, reader: Reader): Geometry | undefined {
  const positions = () => reader.list(() => reader.position());
  const polygon = () => {
    const rings = reader.list(positions);
    return rings?.every(isRing) ? rings : undefined;
  };
  const line = () => {
    const read = positions();
    return read !== undefined && read.length >= 2 ? read : undefined;
  };
  switch (type) {
    case 'POINT': {
      const read = positions();
      return read?.length === 1 ? { type: 'Point', at: read[0]! } : undefined;
    }
    case 'MULTIPOINT': {
      const points = reader.list(reader.loose);
      return points && { type: 'MultiPoint', points };
    }
    case 'LINESTRING': {
      const read = line();
      return read && { type: 'LineString', lines: [read] };
    }
    case 'MULTILINESTRING': {
      const lines = reader.list(line);
      return lines && { type: 'MultiLineString', lines };
    }
    case 'POLYGON': {
      const read = polygon();
      return read && { type: 'Polygon', polygons: [read] };
    }
    default: {
      const polygons = reader.list(polygon);
      return polygons && { type: 'MultiPolygon', polygons };
    }
  }
}

/** A geometry on Earth with rings that close; undefined for anything else. */
export function parseGeometry(text: string): Geometry | undefined {
  const found = heading.exec(text);
  if (found === null) return undefined;
  const reader = new Reader(text.slice(found[0].length));
  const geometry = readBody(`${found[1] ?? ''}${found[2]}`.toUpperCase(), reader);
  return geometry !== undefined && reader.isAtEnd() ? geometry : undefined;
}

const plain = (position: Position) => position.join(' ');
const inBrackets = (items: string[]) => `(${items.join(', ')})`;
const ofLine = (line: Position[]) => inBrackets(line.map(plain));
const ofPolygon = (rings: Position[][]) => inBrackets(rings.map(ofLine));

/** Well-known text. */
export function printGeometry(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return `POINT (${plain(geometry.at)})`;
    case 'MultiPoint':
      return `MULTIPOINT ${inBrackets(geometry.points.map((one) => `(${plain(one)})`))}`;
    case 'LineString':
      return `LINESTRING ${ofLine(geometry.lines[0]!)}`;
    case 'MultiLineString':
      return `MULTILINESTRING ${inBrackets(geometry.lines.map(ofLine))}`;
    case 'Polygon':
      return `POLYGON ${ofPolygon(geometry.polygons[0]!)}`;
    default:
      return `MULTIPOLYGON ${inBrackets(geometry.polygons.map(ofPolygon))}`;
  }
}
