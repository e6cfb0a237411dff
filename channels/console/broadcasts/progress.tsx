import { Progress as Bar } from 'antd';
import type { Broadcast } from '../api/types.ts';
import { useLanguage } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { momentOf } from '../ui/words.ts';

/** 进度: how far it has come, and what became of it. */
export function Progress({ broadcast }: { broadcast: Broadcast }) {
  const { t, locale } = useLanguage();
  const { progress, recipients, state, quietUntil, channelOn } = broadcast;
  const { waiting, queued, sent, failed, skipped, stopped, delivered, optedOut } = progress;
  const done =
    recipients === 0 ? 100 : Math.floor(((recipients - waiting - queued - stopped) / recipients) * 100);
  const figures = [
    ['sent', sent],
    ['delivered', delivered],
    ['failed', failed],
    ['skipped', skipped],
    ['stopped', stopped],
    ['queued', queued],
    ['waiting', waiting],
    ['optedOutSince', optedOut],
  ] as const;
  const going = state === 'scheduled' || state === 'running';
  return (
    <section data-testid="broadcast-progress">
      <h2>{t('broadcasts.progress')}</h2>
      <Bar percent={done} status={going ? 'active' : 'normal'} aria-label={t('broadcasts.progress')} />
      {going && quietUntil !== null && (
        <Notice kind="info">{t('broadcasts.quiet', { at: momentOf(quietUntil, locale) })}</Notice>
      )}
      {going && !channelOn && <Notice kind="warning">{t('broadcasts.channelOff')}</Notice>}
      <dl className="broadcast-figures">
        {figures.map(([name, n]) => (
          <div key={name}>
            <dt>{t(`broadcasts.${name}`)}</dt>
            <dd className="num">{n}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
