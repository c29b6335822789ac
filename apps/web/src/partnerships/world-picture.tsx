import { useEffect } from 'react';
import { Link } from 'react-router';
import { useTexts } from '../i18n/texts';
import { useWidth } from '../ui/chart/use-width';
import type { WorldMap } from '../../build/world-map';
import { apart, type Mark, radiusOf } from './marks';
import { partnershipTexts } from './texts';

/** Narrower, the marks of West Africa would cover the sea; the picture then moves sideways in its own frame. */
const WIDTH_MIN = 600;
const HERE = 'DE';

interface Row {
  readonly country: string;
  readonly name: string;
  readonly partnerships: number;
}

interface WorldPictureProps {
  readonly world: WorldMap;
  readonly rows: readonly Row[];
  /** All partnerships: each has a German side. */
  readonly total: number;
  readonly addressOf: (country?: string) => string;
}

/** The world with a mark for each country: its size and its figure say how many partnerships. Each is a link to them. */
export function WorldPicture({ world, rows, total, addressOf }: WorldPictureProps) {
  const { map: t } = useTexts(partnershipTexts);
  const [box, width] = useWidth(WIDTH_MIN);
  const scale = width / world.width;
  const height = Math.round(world.height * scale);
  useEffect(() => {
    const frame = box.current;
    // Where it does not fit, the middle is shown first: Europe and Africa.
    if (frame) frame.scrollLeft = (width - frame.clientWidth) / 2;
  }, [box, width]);
  const partners = new Set(rows.map(({ country }) => country));
  const marks = apart([
    ...marksAt(world, scale, [{ country: HERE, partnerships: total }]),
    ...marksAt(world, scale, rows),
  ]);
  const unplaced = rows.filter(({ country }) => !world.places[country]).map(({ name }) => name);
  return (
    <>
      <div className="world" ref={box}>
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="group"
          aria-label={t.says(total, rows.length)}
        >
          <g aria-hidden="true" transform={`scale(${scale})`}>
            {/* Those with partners last: the border of a neighbour would lie over theirs. */}
            {[false, true].map((isPartner) =>
              world.shapes
                .filter(({ country }) => (country !== null && partners.has(country)) === isPartner)
                .map(({ path }) => (
                  <path key={path} d={path} className={`world__land${isPartner ? ' world__land--partner' : ''}`} />
                )),
            )}
          </g>
          {marks.map((mark) => {
            const row = rows.find(({ country }) => country === mark.country);
            const label = row ? t.mark(row.name, row.partnerships) : t.here(total);
            return (
              <Link
                key={mark.country}
                className={row ? 'world__mark' : 'world__mark world__mark--here'}
                to={addressOf(row?.country)}
                aria-label={label}
              >
                <title>{label}</title>
                <Shape mark={mark} isRound={row !== undefined} />
                <text x={mark.x} y={mark.y} dy="0.35em" textAnchor="middle" aria-hidden="true">
                  {mark.count}
                </text>
              </Link>
            );
          })}
        </svg>
      </div>
      {unplaced.length > 0 && <p className="kern-body">{t.unplaced(unplaced.join(', '))}</p>}
    </>
  );
}

/** Germany's is square: it is the side that all have in common. */
function Shape({ mark: { x, y, radius, home }, isRound }: { readonly mark: Mark; readonly isRound: boolean }) {
  return (
    <>
      {Math.hypot(x - home.x, y - home.y) > radius && (
        <line className="world__lead" x1={home.x} y1={home.y} x2={x} y2={y} />
      )}
      {isRound ? (
        <circle cx={x} cy={y} r={radius} />
      ) : (
        <rect x={x - radius} y={y - radius} width={2 * radius} height={2 * radius} rx="3" />
      )}
    </>
  );
}

function marksAt(
  { places }: WorldMap,
  scale: number,
  rows: readonly { readonly country: string; readonly partnerships: number }[],
): Mark[] {
  return rows.flatMap(({ country, partnerships }) => {
    const place = places[country];
    if (!place) return [];
    const home = { x: place[0] * scale, y: place[1] * scale };
    return [{ country, count: partnerships, ...home, home, radius: radiusOf(partnerships) }];
  });
}
