import { Tag } from 'antd';
import type { Broadcast } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';

export type Found = NonNullable<Broadcast['audience']>;

/** Who is left out of an audience, and why. */
export function Counts({ found }: { found: Found }) {
  const t = useT();
  const counts = [
    ['invalid', found.invalid],
    ['duplicate', found.duplicate],
    ['opted_out', found.optedOut],
    ['refused', found.refused],
  ] as const;
  return counts.map(([kind, n]) => n > 0 && <Tag key={kind}>{t(`broadcasts.${kind}`, { n })}</Tag>);
}
