import { useT } from '../i18n/index.tsx';
import { smsSize } from './sms.ts';

/** How long the SMS wording is, and how many messages it takes; variables count as they are written. */
export function SmsCount({ text }: { text: string }) {
  const t = useT();
  const { characters, segments, perSegment } = smsSize(text);
  return (
    <span className={segments > 1 ? 'sms-count sms-count-several num' : 'sms-count num'}>
      {t('knowledge.smsCount', { characters, segments, perSegment })}
    </span>
  );
}
