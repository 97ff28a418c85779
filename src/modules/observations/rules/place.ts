// A point of a GeoJSON geometry (RFC 7946), for boxes and distances.

/** Degrees WGS 84. */
export type Point = { longitude: number; latitude: number };

type Json = {
  type?: unknown;
  coordinates?: unknown;
  geometry?: unknown;
  geometries?: unknown;
  features?: unknown;
};

function positionsOf(value: unknown, depth: number): number[][] {
  if (!Array.isArray(value) || depth > 6) return [];
  if (typeof value[0] === 'number') {
    return typeof value[1] === 'number' && value.every((one) => Number.isFinite(one))
      ? [value as number[]]
      : [];
  }
  return value.flatMap((inner) => positionsOf(inner, depth + 1));
}

function gather(json: unknown, depth: number): number[][] {
  if (typeof json !== 'object' || json === null || depth > 6) return [];
  const { coordinates, geometry, geometries, features } = json as Json;
  const inner = [
    geometry,
    ...(Array.isArray(geometries) ? geometries : []),
    ...(Array.isArray(features) ? features : []),
  ];
  return [...positionsOf(coordinates, 0), ...inner.flatMap((one) => gather(one, depth + 1))];
}

/** The point itself, or the middle of the box around the geometry; undefined where there is none on Earth. */
export function pointOf(geometry: unknown): Point | undefined {
  const positions = gather(geometry, 0);
  if (positions.length === 0) return undefined;
  const middle = (of: number) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const position of positions) {
      least = Math.min(least, position[of]!);
      most = Math.max(most, position[of]!);
    }
    return (least + most) / 2;
  };
  const [longitude, latitude] = [middle(0), middle(1)];
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? { longitude, latitude } : undefined;
}
