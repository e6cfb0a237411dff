import { SwapOutlined } from '@ant-design/icons';
import { useT } from '../i18n/index.tsx';
import type { ShiftKind } from './types.ts';
import { toneOf } from './words.ts';

/** What tints and signs stand for. */
export function Legend({ shifts, editable }: { shifts: readonly ShiftKind[]; editable: boolean }) {
  const t = useT();
  return (
    <div className="roster-legend">
      <ul>
        {shifts.map(({ id, name, title, from, hours }) => (
          <li key={id}>
            <span className={`shift-swatch ${toneOf(name, shifts)}`} aria-hidden />
            {title} <span className="num">{t('roster.kind', { from, hours })}</span>
          </li>
        ))}
        <li>
          <SwapOutlined aria-hidden /> {t('roster.legendTaken')}
        </li>
        <li>
          <s>{t('roster.shift')}</s> {t('roster.legendAway')}
        </li>
      </ul>
      {editable && <p>{t('roster.how')}</p>}
    </div>
  );
}
