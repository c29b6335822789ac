import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { type ReactNode, useId } from 'react';
import { ChartFrame, type Room, ValueAxis } from './frame';

export interface Bar {
  readonly label: string;
  /** In the sequence of the parts; for the eye alone, so a float is near enough. */
  readonly values: readonly number[];
}

interface StackedBarsProps {
  readonly title: string;
  /** What a bar is made of, from the ground up; six at most have a pattern of their own. */
  readonly parts: readonly string[];
  readonly bars: readonly Bar[];
  readonly format: (value: number) => string;
  readonly table: ReactNode;
}

/** Bars of parts that add up. The parts differ by pattern and not only by colour. */
export function StackedBars({ title, parts, bars, format, table }: StackedBarsProps) {
  const id = useId();
  const patternOf = (part: number) => `url(#${id}-${part})`;
  return (
    <ChartFrame
      title={title}
      table={table}
      isTableWide
      legend={
        <ul className="chart__legend">
          {parts.map((part, index) => (
            <li key={part}>
              <svg width="20" height="14" aria-hidden="true">
                <rect className="chart__part" width="20" height="14" fill={patternOf(index)} />
              </svg>
              {part}
            </li>
          ))}
        </ul>
      }
    >
      {(room) => (
        <>
          <Patterns id={id} />
          <Bars parts={parts} bars={bars} room={room} format={format} patternOf={patternOf} />
        </>
      )}
    </ChartFrame>
  );
}

function Bars({
  parts,
  bars,
  room,
  format,
  patternOf,
}: Pick<StackedBarsProps, 'parts' | 'bars' | 'format'> & {
  readonly room: Room;
  readonly patternOf: (part: number) => string;
}) {
  const layers = stack<Bar, number>()
    .keys(parts.map((_, index) => index))
    .value(({ values }, index) => Math.max(0, values[index] ?? 0))([...bars]);
  const top = Math.max(1, ...layers.flatMap((layer) => layer.map(([, end]) => end)));
  const y = scaleLinear([0, top], [room.bottom, room.top]).nice(5);
  const x = scaleBand(
    bars.map(({ label }) => label),
    [room.left, room.right],
  ).padding(0.35);
  const width = Math.min(96, x.bandwidth());
  const leftOf = (label: string) => (x(label) ?? 0) + (x.bandwidth() - width) / 2;
  return (
    <>
      <ValueAxis ticks={y.ticks(5)} y={y} room={room} format={format} />
      {layers.map((layer) =>
        layer.map(([from, to], index) => {
          const bar = bars[index];
          if (!bar || from === to) return null;
          return (
            <rect
              key={`${layer.key}-${bar.label}`}
              className="chart__part"
              x={leftOf(bar.label)}
              width={width}
              y={y(to)}
              height={y(from) - y(to)}
              fill={patternOf(layer.key)}
            >
              <title>{`${bar.label}, ${parts[layer.key] ?? ''}: ${format(to - from)}`}</title>
            </rect>
          );
        }),
      )}
      {bars.map(({ label }) => (
        <text
          key={label}
          className="chart__label"
          x={leftOf(label) + width / 2}
          y={room.bottom + 20}
          textAnchor="middle"
        >
          {label}
        </text>
      ))}
    </>
  );
}

const MARKS: readonly ReactNode[] = [
  null,
  <path key="diagonal" d="M-2,10 L10,-2 M-2,2 L2,-2 M6,10 L10,6" />,
  <path key="level" d="M0,2 H8 M0,6 H8" />,
  <circle key="dot" cx="4" cy="4" r="1.6" />,
  <path key="cross" d="M0,0 L8,8 M8,0 L0,8" />,
  <path key="upright" d="M2,0 V8 M6,0 V8" />,
];

function Patterns({ id }: { readonly id: string }) {
  return (
    <defs>
      {MARKS.map((mark, index) => (
        <pattern
          // The sequence never changes.
          key={index}
          id={`${id}-${index}`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
          className={`chart__pattern chart__pattern--${index}`}
        >
          <rect width="8" height="8" />
          {mark}
        </pattern>
      ))}
    </defs>
  );
}
