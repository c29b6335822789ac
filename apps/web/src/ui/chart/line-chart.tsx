import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import type { ReactNode } from 'react';
import { ChartFrame, type Room, ValueAxis } from './frame';

export interface ChartLine {
  readonly name: string;
  /** One for each label; undefined where the line has no point. */
  readonly values: readonly (number | undefined)[];
  /** What is only expected is dashed and has hollow points. */
  readonly isExpected?: boolean;
  /** Of lines that are compared: 0 as it is, then the others, each with a stroke of its own. */
  readonly look?: number;
}

interface LineChartProps {
  readonly title: string;
  readonly labels: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  readonly table: ReactNode;
  readonly isTableWide?: boolean;
}

/** Lines over labels of equal distance, such as months. */
export function LineChart({ title, labels, lines, format, table, isTableWide }: LineChartProps) {
  return (
    <ChartFrame
      title={title}
      table={table}
      isTableWide={isTableWide}
      legend={
        <ul className="chart__legend">
          {lines.map(({ name, ...look }) => (
            <li key={name}>
              <svg width="28" height="14" aria-hidden="true">
                <path className={classOf(look)} d="M0,7 H28" />
                <circle className={`${classOf(look)} chart__point`} cx="14" cy="7" r="4" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      }
    >
      {(room) => <Lines labels={labels} lines={lines} room={room} format={format} />}
    </ChartFrame>
  );
}

const LABEL_PIXELS = 44;

function Lines({
  labels,
  lines,
  room,
  format,
}: Omit<LineChartProps, 'title' | 'table' | 'isTableWide'> & { readonly room: Room }) {
  const values = lines.flatMap((each) => each.values.filter((value) => value !== undefined));
  const y = scaleLinear([Math.min(0, ...values), Math.max(1, ...values)], [room.bottom, room.top]).nice(5);
  const x = scalePoint(labels, [room.left, room.right]).padding(0.5);
  const every = Math.ceil(labels.length / Math.max(1, Math.floor((room.right - room.left) / LABEL_PIXELS)));
  return (
    <>
      <ValueAxis ticks={y.ticks(5)} y={y} room={room} format={format} />
      {lines.map((each) => {
        const points = each.values.flatMap((value, index) => {
          const label = labels[index];
          return value === undefined || label === undefined ? [] : [{ label, value, at: x(label) ?? 0 }];
        });
        const path = line<(typeof points)[number]>(
          ({ at }) => at,
          ({ value }) => y(value),
        )(points);
        return (
          <g key={each.name}>
            <path className={classOf(each)} d={path ?? ''} />
            {points.map(({ label, value, at }) => (
              <circle key={label} className={`${classOf(each)} chart__point`} cx={at} cy={y(value)} r="4">
                <title>{`${label}, ${each.name}: ${format(value)}`}</title>
              </circle>
            ))}
          </g>
        );
      })}
      {labels.map((label, index) =>
        index % every === 0 ? (
          <text key={label} className="chart__label" x={x(label)} y={room.bottom + 20} textAnchor="middle">
            {label}
          </text>
        ) : null,
      )}
    </>
  );
}

function classOf({ isExpected, look = 0 }: Pick<ChartLine, 'isExpected' | 'look'>): string {
  if (isExpected) return 'chart__line chart__line--expected';
  return look === 0 ? 'chart__line' : `chart__line chart__line--${look}`;
}
