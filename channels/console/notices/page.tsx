import { Button, Drawer, Tag } from 'antd';
import { useEffect } from 'react';
import { call } from '../api/call.ts';
import { serverNow } from '../api/clock.ts';
import type { NoticeItem } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { go, usePlace } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { type Translate, useLanguage, useT } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { NoticeDetail } from './detail.tsx';
import { Editor } from './editor.tsx';
import '../ui/page.css';
import './notices.css';

const RENEW_MS = 10_000;
const NEW = 'new';

/** 通知: one's own, and for who writes them how far each has come. */
export default function NoticesPage() {
  const { id } = usePlace();
  const t = useT();
  const { can } = useSession();
  const { data, error, reload } = useResource('notices', (signal) =>
    call('GET /api/v1/notices', {}, { signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const chosen = data?.notices.find((each) => each.id === id);
  const done = () => {
    go('notices');
    reload();
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.notices')}</h1>
        {can('notice.write') && (
          <Button
            type="primary"
            className="notice-new"
            onClick={() => go('notices', NEW)}
            data-testid="notice-new"
          >
            {t('notices.new')}
          </Button>
        )}
      </div>
      <div className="page-body">
        {!data && (error ? <Failed error={error} retry={reload} /> : <Loading />)}
        {data?.notices.length === 0 && <Nothing words={t('notices.none')} />}
        {data && data.notices.length > 0 && <Table rows={data.notices} chosen={id} />}
      </div>
      <Drawer
        open={id === NEW || chosen !== undefined}
        title={chosen?.title ?? t('notices.new')}
        size={560}
        onClose={() => go('notices')}
        data-testid="notice-drawer"
      >
        {id === NEW && <Editor onDone={done} />}
        {chosen && (
          <NoticeDetail
            key={`${chosen.id} ${chosen.version}`}
            notice={chosen}
            onChanged={reload}
            onDone={done}
          />
        )}
      </Drawer>
    </div>
  );
}

/** How a notice stands with the reader. */
export function stateOf({ mine, mustRead, withdrawnAt, validUntil }: NoticeItem, t: Translate): string {
  if (withdrawnAt !== null) return t('notices.withdrawn');
  if (validUntil !== null && validUntil <= serverNow()) return t('notices.ended');
  if (!mine) return t('notices.notMine');
  if (mine.openedAt === null) return t('notices.unread');
  return t(mustRead && mine.confirmedAt === null ? 'notices.toConfirm' : 'notices.read');
}

function Table({ rows, chosen }: { rows: readonly NoticeItem[]; chosen: string | undefined }) {
  const { t, locale } = useLanguage();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('notices.title')}</th>
          <th scope="col">{t('notices.state')}</th>
          <th scope="col">{t('notices.reach')}</th>
          <th scope="col">{t('notices.from')}</th>
          <th scope="col">{t('notices.changedAt')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((notice) => (
          <tr key={notice.id} className={notice.id === chosen ? 'row-current' : ''} data-testid="notice-row">
            <td>
              <button type="button" className="link" onClick={() => go('notices', notice.id)}>
                {notice.title}
              </button>{' '}
              {notice.mustRead && <Tag color="blue">{t('notices.must')}</Tag>}
            </td>
            <td>{stateOf(notice, t)}</td>
            <td className="num">
              {notice.counts
                ? `${notice.counts.delivered} / ${notice.counts.opened} / ${notice.counts.confirmed} (${notice.counts.audience})`
                : '–'}
            </td>
            <td>{notice.authorName ?? '–'}</td>
            <td className="num">{momentOf(notice.changedAt, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
