// Arrays in the binary form of PostgreSQL's protocol: a batch of readings costs no text on either side.

const headerBytes = 20;
/** 2000-01-01 in milliseconds since 1970: where PostgreSQL counts from. */
const epochMs = 946_684_800_000;
const twoTo32 = 4_294_967_296;

const oids = { bigint: 20, smallint: 21, integer: 23, float: 701, timestamptz: 1184 } as const;
const widths = { bigint: 8, smallint: 2, integer: 4, float: 8, timestamptz: 8 } as const;

type Kind = keyof typeof oids;
type Values = { readonly length: number; readonly [index: number]: number | null | undefined };

function writeWhole(into: Buffer, at: number, value: number): void {
  into.writeInt32BE(Math.floor(value / twoTo32), at);
  into.writeUInt32BE(value - Math.floor(value / twoTo32) * twoTo32, at + 4);
}

const writers: Record<Kind, (into: Buffer, at: number, value: number) => void> = {
  bigint: writeWhole,
  smallint: (into, at, value) => void into.writeInt16BE(value, at),
  integer: (into, at, value) => void into.writeInt32BE(value, at),
  float: (into, at, value) => void into.writeDoubleBE(value, at),
  timestamptz: (into, at, value) => writeWhole(into, at, (value - epochMs) * 1000),
};

/**
 * A parameter for `$1::bigint[]` and the like (PostgreSQL 15, `array_recv`). Null and undefined are SQL's
 * null; instants are milliseconds since 1970.
 */
export function arrayOf(kind: Kind, values: Values): Buffer {
  const width = widths[kind];
  const write = writers[kind];
  const into = Buffer.allocUnsafe(headerBytes + values.length * (4 + width));
  let at = headerBytes;
  let hasNull = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (value === null || value === undefined) {
      into.writeInt32BE(-1, at);
      hasNull = 1;
      at += 4;
    } else {
      into.writeInt32BE(width, at);
      write(into, at + 4, value);
      at += 4 + width;
    }
  }
  into.writeInt32BE(1, 0);
  into.writeInt32BE(hasNull, 4);
  into.writeInt32BE(oids[kind], 8);
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16);
  return into.subarray(0, at);
}
