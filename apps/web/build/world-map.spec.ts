import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '#testing/embedded';
import { worldMap } from './world-map';

const map = worldMap();
/** Nobody lives there, and the picture ends before. */
const FAR_SOUTH = ['AQ', 'BV', 'GS', 'HM'];

describe('the map of the world', () => {
  it('has a place within it for every country of the reference data, of the smallest too', () => {
    const [, ...rows] = readFileSync(join(repositoryRoot(), 'apps/partnership/data/countries.csv'), 'utf8').split('\n');
    const codes = rows.filter((row) => row !== '').map((row) => row.slice(0, 2));
    expect(codes.length).toBeGreaterThan(240);
    expect(codes.filter((code) => !map.places[code])).toEqual([]);
    const outside = Object.entries(map.places).filter(
      ([code, [x, y]]) => !FAR_SOUTH.includes(code) && (x < 0 || y < 0 || x > map.width || y > map.height),
    );
    expect(outside).toEqual([]);
  });

  it('puts a mark on the mainland and not between it and an island far away', () => {
    const longitude = (code: string) => map.places[code]?.[0] ?? Number.NaN;
    expect(Math.abs(longitude('FR') - longitude('DE'))).toBeLessThan(40);
    expect(Math.abs(longitude('US') - longitude('MX'))).toBeLessThan(40);
  });

  it('draws each shape, Kosovo by its code, and stays small enough for a slow line', () => {
    expect(map.shapes.find(({ country }) => country === 'XK')?.path).toMatch(/^M/);
    expect(map.shapes.filter(({ path }) => !path.startsWith('M'))).toEqual([]);
    expect(JSON.stringify(map).length).toBeLessThan(150_000);
  });
});
