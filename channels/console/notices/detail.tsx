import { FileOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import type { NoticeItem } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { wordsFor } from '../ui/words.ts';
import { Editor } from './editor.tsx';

interface Props {
  notice: NoticeItem;
  onChanged(): void;
  onDone(): void;
}

/** One notice: its text, one's own confirmation, and for its writer who has read it. Showing it opens it. */
export function NoticeDetail({ notice, onChanged, onDone }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [correcting, setCorrecting] = useState(false);
  const { id, version, files, mine, mustRead, text, withdrawnAt, counts, editable } = notice;
  const unopened = mine !== null && mine.openedAt === null && withdrawnAt === null;
  useEffect(() => {
    if (!unopened) return;
    call('POST /api/v1/notices/:id/open', { params: { id }, body: { version } }).then(onChanged, () => {});
  }, [unopened, id, version, onChanged]);
  const attempt = (work: Promise<unknown>, then: () => void) =>
    work.then(then, (error) => message.error(wordsFor(error, t)));
  const confirm = () =>
    attempt(call('POST /api/v1/notices/:id/confirm', { params: { id }, body: { version } }), onChanged);
  const withdraw = () =>
    attempt(
      call('POST /api/v1/notices/:id/withdraw', { params: { id } }, { clientId: newClientId() }),
      onDone,
    );
  if (correcting) return <Editor notice={notice} onDone={onDone} />;
  return (
    <div className="notice-detail">
      <p className="notice-text">{text}</p>
      {files.length > 0 && (
        <ul className="notice-files" aria-label={t('notices.files')}>
          {files.map(({ id: fileId, name }) => (
            <li key={fileId}>
              <a href={`/api/v1/files/${fileId}`} download={name}>
                <FileOutlined /> {name}
              </a>
            </li>
          ))}
        </ul>
      )}
      {mine && mustRead && mine.confirmedAt === null && withdrawnAt === null && (
        <Button type="primary" onClick={confirm} data-testid="notice-confirm">
          {t('notices.confirm')}
        </Button>
      )}
      {counts && <Bars counts={counts} />}
      {editable && counts && withdrawnAt === null && (
        <>
          <Unread notice={notice} />
          <div className="notice-acts">
            <Button onClick={() => setCorrecting(true)}>{t('notices.correct')}</Button>
            <Popconfirm
              title={t('notices.withdraw')}
              description={t('notices.withdrawSure')}
              okText={t('notices.withdraw')}
              cancelText={t('notices.keep')}
              onConfirm={withdraw}
            >
              <Button danger>{t('notices.withdraw')}</Button>
            </Popconfirm>
          </div>
        </>
      )}
    </div>
  );
}

function Bars({ counts }: { counts: NonNullable<NoticeItem['counts']> }) {
  const t = useT();
  return (
    <dl className="notice-bars" data-testid="notice-bars">
      {(['delivered', 'opened', 'confirmed'] as const).map((step) => (
        <div key={step}>
          <dt>{t(`notices.${step}`)}</dt>
          <dd>
            <Progress
              aria-label={t(`notices.${step}`)}
              percent={counts.audience === 0 ? 0 : (counts[step] / counts.audience) * 100}
              format={() => `${counts[step]}/${counts.audience}`}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Who has not read it, by team, each with a button that reminds. */
function Unread({ notice: { id, mustRead, counts } }: { notice: NoticeItem }) {
  const t = useT();
  const { message } = App.useApp();
  const key = `notice ${id} ${counts?.opened} ${counts?.confirmed}`;
  const { data, error, reload } = useResource(key, (signal) =>
    call('GET /api/v1/notices/:id/receipts', { params: { id } }, { signal }),
  );
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  const missing = data.readers.filter((one) => (mustRead ? one.confirmedAt : one.openedAt) === null);
  const teams = [...new Set(missing.map(({ teamId }) => teamId))];
  const remind = (teamId: string | null) =>
    call(
      'POST /api/v1/notices/:id/remind',
      { params: { id }, body: { teamId } },
      { clientId: newClientId() },
    ).then(
      ({ reminded }) => message.success(t('notices.reminded', { count: reminded })),
      (failed) => message.error(wordsFor(failed, t)),
    );
  return (
    <section data-testid="notice-unread">
      <h2>{t('notices.readers')}</h2>
      {missing.length === 0 && <p>{t('notices.allRead')}</p>}
      {teams.map((teamId) => {
        const people = missing.filter((one) => one.teamId === teamId);
        return (
          <div key={teamId} className="notice-team">
            <h3>{people[0]?.teamName ?? t('notices.noTeam')}</h3>
            <Button size="small" onClick={() => remind(teamId)}>
              {t('notices.remind')}
            </Button>
            <ul>
              {people.map(({ personId, name, number }) => (
                <li key={personId}>
                  {name} <span className="num">{number}</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
