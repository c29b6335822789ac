import type { ReactNode } from 'react';
import { useWidth } from './use-width';

/** Below this the labels would lie over each other. */
const WIDTH_MIN = 240;

/** Space for a picture, and where in it the drawing stands: the rest is for the labels of the axes. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const HEIGHT = 300;

interface FrameProps {
  /** What the picture shows, in one sentence; its figures stand in the table. */
  readonly title: string;
  readonly legend: ReactNode;
  /** The same figures as rows and columns. */
  readonly table: ReactNode;
  /** A table of many columns stands below the picture. */
  readonly isTableWide?: boolean;
  readonly children: (room: Room) => ReactNode;
}

/** A picture with its table beside it. It is drawn anew in the width that it has, so that its letters keep their size. */
export function ChartFrame({ title, legend, table, isTableWide, children }: FrameProps) {
  const [box, width] = useWidth(WIDTH_MIN);
  const room: Room = { width, height: HEIGHT, left: 64, right: width - 8, top: 12, bottom: HEIGHT - 28 };
  return (
    <div className={isTableWide ? 'chart chart--wide' : 'chart'}>
      <figure className="chart__picture">
        <figcaption>
          <span className="kern-body">{title}</span>
          {legend}
        </figcaption>
        <div ref={box}>
          <svg width={width} height={HEIGHT} role="img" aria-label={title} focusable="false">
            {children(room)}
          </svg>
        </div>
      </figure>
      <div className="chart__table">{table}</div>
    </div>
  );
}

/** Amounts at the left, with a thin line each. */
export function ValueAxis({
  ticks,
  y,
  room,
  format,
}: {
  readonly ticks: readonly number[];
  readonly y: (value: number) => number;
  readonly room: Room;
  readonly format: (value: number) => string;
}) {
  return ticks.map((tick) => (
    <g key={tick} className="chart__grid">
      <line x1={room.left} x2={room.right} y1={y(tick)} y2={y(tick)} />
      <text x={room.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
        {format(tick)}
      </text>
    </g>
  ));
}
