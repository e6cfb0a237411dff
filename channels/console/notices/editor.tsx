import { CloseOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import type { NoticeItem } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { Attach, Attaching } from '../ui/attaching.tsx';
import { useAttachments } from '../ui/use-attachments.ts';
import { centreMoment, centreWall, wordsFor } from '../ui/words.ts';
import { type Audience, AudienceChoice, NOBODY } from './audience-choice.tsx';

/** Writes a notice, or a correction of one. */
export function Editor({ notice, onDone }: { notice?: NoticeItem; onDone(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const { person } = useSession();
  const team: Audience = { ...NOBODY, teams: person.teamId ? [person.teamId] : [] };
  const [title, setTitle] = useState(notice?.title ?? '');
  const [text, setText] = useState(notice?.text ?? '');
  const [mustRead, setMustRead] = useState(notice?.mustRead ?? true);
  const [validUntil, setValidUntil] = useState<number | null>(notice?.validUntil ?? null);
  const [audience, setAudience] = useState<Audience>(notice?.audience ?? team);
  const [kept, setKept] = useState(notice?.files ?? []);
  const attachments = useAttachments('notice');
  const untilId = useId();
  const [busy, setBusy] = useState(false);
  const found = useResource(`audience ${JSON.stringify(audience)}`, (signal) =>
    call('POST /api/v1/notice-audience', { body: { audience } }, { signal }),
  );
  const count = found.data?.count ?? 0;
  const save = async () => {
    setBusy(true);
    const body = {
      title: title.trim(),
      text: text.trim(),
      audience,
      files: [...kept, ...attachments.list.flatMap(({ id, name }) => (id ? [{ id, name }] : []))],
      mustRead,
      validUntil,
    };
    try {
      if (!notice) await call('POST /api/v1/notices', { body }, { clientId: newClientId() });
      else {
        const input = { params: { id: notice.id }, body: { ...body, version: notice.version } };
        await call('PUT /api/v1/notices/:id', input, { clientId: newClientId() });
      }
      onDone();
    } catch (error) {
      message.error(wordsFor(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="notice-detail">
      <Input
        maxLength={80}
        value={title}
        placeholder={t('notices.title')}
        aria-label={t('notices.title')}
        onChange={({ target }) => setTitle(target.value)}
        data-testid="notice-title"
      />
      <Input.TextArea
        rows={8}
        maxLength={5000}
        value={text}
        placeholder={t('notices.text')}
        aria-label={t('notices.text')}
        onChange={({ target }) => setText(target.value)}
        data-testid="notice-input"
      />
      <Kept files={kept} onRemove={(id) => setKept((was) => was.filter((each) => each.id !== id))} />
      <Attaching list={attachments.list} onRemove={attachments.remove} />
      <p className="notice-attach">
        <Attach onChosen={attachments.add} /> <span className="faint">{t('notices.attachHint')}</span>
      </p>
      <AudienceChoice {...{ audience, setAudience, team }} />
      <p data-testid="notice-count">{t('notices.count', { count })}</p>
      <Checkbox checked={mustRead} onChange={({ target }) => setMustRead(target.checked)}>
        {t('notices.mustRead')}
      </Checkbox>
      <p className="notice-until">
        <label htmlFor={untilId}>{t('notices.validUntil')}</label>
        <Input
          id={untilId}
          type="datetime-local"
          value={validUntil === null ? '' : centreWall(validUntil)}
          onChange={({ target }) => setValidUntil(target.value ? centreMoment(target.value) : null)}
          data-testid="notice-until"
        />
      </p>
      <Button
        type="primary"
        loading={busy}
        disabled={!title.trim() || !text.trim() || count === 0 || !attachments.settled}
        onClick={save}
        data-testid="notice-save"
      >
        {t(notice ? 'notices.save' : 'notices.publish')}
      </Button>
    </div>
  );
}

interface KeptProps {
  files: NoticeItem['files'];
  onRemove(id: string): void;
}

/** Attachments that the notice has already. */
function Kept({ files, onRemove }: KeptProps) {
  const t = useT();
  if (files.length === 0) return null;
  return (
    <ul className="attaching" aria-label={t('notices.files')}>
      {files.map(({ id, name }) => (
        <li key={id}>
          <span>{name}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('files.remove', { name })}
            onClick={() => onRemove(id)}
          />
        </li>
      ))}
    </ul>
  );
}
