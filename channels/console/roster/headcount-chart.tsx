import { useT } from '../i18n/index.tsx';
import { type Hour, missing } from './gap.ts';

const [WIDTH, HEIGHT] = [712, 220];
const [LEFT, TOP, BOTTOM] = [28, 12, 24];
const STEP = (WIDTH - LEFT) / 24;
const BAR = STEP - 6;
const PLOT = HEIGHT - TOP - BOTTOM;

/**
 * Bars are the people rostered, the line across each is how many are required; what lacks between them is hatched, so
 * that it is seen without colour. In words the same stands beside it.
 */
export function HeadcountChart({ hours }: { hours: readonly Hour[] }) {
  const t = useT();
  const top = Math.max(4, ...hours.map(({ required, rostered }) => Math.ceil(Math.max(required, rostered))));
  const tick = Math.ceil(top / 4);
  const y = (people: number) => TOP + PLOT * (1 - people / (tick * 4));
  return (
    <figure className="headcount-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <defs>
          <pattern
            id="headcount-lack"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="6" height="6" className="chart-lack-ground" />
            <rect width="2.5" height="6" className="chart-lack-stripe" />
          </pattern>
        </defs>
        {[0, 1, 2, 3, 4].map((n) => (
          <g key={n}>
            <line x1={LEFT} x2={WIDTH} y1={y(n * tick)} y2={y(n * tick)} className="chart-grid" />
            <text x={LEFT - 8} y={y(n * tick) + 4} textAnchor="end">
              {n * tick}
            </text>
          </g>
        ))}
        {hours.map((hour) => (
          <HourBar key={hour.hour} {...{ hour, y }} />
        ))}
      </svg>
      <figcaption>
        <span>
          <i className="chart-key chart-key-rostered" /> {t('roster.rostered')}
        </span>
        <span>
          <i className="chart-key chart-key-required" /> {t('roster.required')}
        </span>
        <span>
          <i className="chart-key chart-key-lack" /> {t('roster.short')}
        </span>
      </figcaption>
    </figure>
  );
}

function HourBar({ hour, y }: { hour: Hour; y(people: number): number }) {
  const { hour: at, required, rostered } = hour;
  const x = LEFT + at * STEP + 3;
  const lack = missing(hour) > 0;
  return (
    <g>
      <rect x={x} width={BAR} y={y(rostered)} height={y(0) - y(rostered)} className="chart-rostered" />
      {lack && (
        <rect
          x={x}
          width={BAR}
          y={y(required)}
          height={y(rostered) - y(required)}
          fill="url(#headcount-lack)"
        />
      )}
      {required > 0 && (
        <line x1={x - 2} x2={x + BAR + 2} y1={y(required)} y2={y(required)} className="chart-required" />
      )}
      {at % 3 === 0 && (
        <text x={x + BAR / 2} y={HEIGHT - 6} textAnchor="middle">
          {at}
        </text>
      )}
    </g>
  );
}
