import { type ExtendedFeatureCollection, geoArea, geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';
import coarse from 'world-atlas/countries-110m.json';
import fine from 'world-atlas/countries-50m.json';

export interface WorldMap {
  readonly width: number;
  readonly height: number;
  /** Land with its borders, as SVG paths; a country by its code, what has none is nameless. */
  readonly shapes: readonly { readonly country: string | null; readonly path: string }[];
  /** Where a mark for a country stands. */
  readonly places: Readonly<Record<string, readonly [x: number, y: number]>>;
}

type Shape = Feature<Polygon | MultiPolygon, { readonly name: string }>;

const WIDTH = 960;
const MODULE = '/src/partnerships/world-map.ts';
const ANTARCTICA = 'AQ';
/** Has a code by usage only, so Natural Earth gives none. */
const CODES: Readonly<Record<string, string>> = { Kosovo: 'XK' };
/** Too small or too much part of another country for the shapes: longitude and latitude of the main place. */
const SMALL: Readonly<Record<string, readonly [number, number]>> = {
  BQ: [-68.3, 12.2],
  BV: [3.4, -54.4],
  CC: [96.8, -12.2],
  CX: [105.7, -10.4],
  GF: [-53.1, 3.9],
  GI: [-5.4, 36.1],
  GP: [-61.6, 16.2],
  MQ: [-61, 14.6],
  RE: [55.5, -21.1],
  SJ: [16, 78.5],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
  UM: [166.6, 19.3],
  YT: [45.2, -12.8],
};

/** The world as it is drawn: computed when the pages are built, so that no browser computes it. */
export function worldMap(): WorldMap {
  const drawn = shapesOf(coarse).filter((shape) => codeOf(shape) !== ANTARCTICA);
  const land = { type: 'FeatureCollection', features: drawn } as ExtendedFeatureCollection;
  // As wide as the earth, and not as its land: some islands lie nearer to the edge than any shape.
  const projection = geoEqualEarth().fitWidth(WIDTH, { type: 'Sphere' });
  const path = geoPath(projection).digits(1);
  const [[, top], [, bottom]] = path.bounds(land);
  const [left, above] = projection.translate();
  projection.translate([left, above - top]);
  const places: Record<string, readonly [number, number]> = {};
  const put = (code: string, at: readonly [number, number]) => {
    const [x, y] = projection([...at]) ?? [0, 0];
    places[code] = [Math.round(x), Math.round(y)];
  };
  // Some codes have several shapes, islands far away among them: the largest comes last.
  for (const shape of shapesOf(fine).sort((a, b) => geoArea(a) - geoArea(b))) {
    const code = codeOf(shape);
    if (code !== null) put(code, geoCentroid(mainlandOf(shape)));
  }
  for (const [code, at] of Object.entries(SMALL)) put(code, at);
  return {
    width: WIDTH,
    height: Math.ceil(bottom - top),
    shapes: drawn.map((shape) => ({ country: codeOf(shape), path: path(shape) ?? '' })),
    places,
  };
}

/** Puts the computed map in place of the module that computes it. */
export function worldMapModule(): Plugin {
  return {
    name: 'world-map',
    load: (id) => (id.endsWith(MODULE) ? `export default ${JSON.stringify(worldMap())}` : undefined),
  };
}

function shapesOf(atlas: unknown): Shape[] {
  const topology = atlas as Topology<{ countries: GeometryCollection<{ readonly name: string }> }>;
  return feature(topology, topology.objects.countries).features as Shape[];
}

/** The code of two letters. Natural Earth has the figures of ISO 3166; what they mean is part of every Node. */
function codeOf({ id, properties }: Shape): string | null {
  if (id === undefined) return CODES[properties.name] ?? null;
  return new Intl.Locale(`und-${id}`).region ?? null;
}

/** The largest part: the centre of France is not in the Atlantic, halfway to Guiana. */
function mainlandOf(shape: Shape): Polygon {
  const { geometry } = shape;
  if (geometry.type === 'Polygon') return geometry;
  const parts = geometry.coordinates.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }));
  const [largest] = parts.sort((a, b) => geoArea(b) - geoArea(a));
  return largest ?? { type: 'Polygon', coordinates: [] };
}
