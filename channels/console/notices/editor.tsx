import { App, Button, Checkbox, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import type { NoticeItem } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { centreMoment, centreWall, wordsFor } from '../ui/words.ts';

type Audience = NoticeItem['audience'];
const NOBODY: Audience = { everyone: false, teams: [], jobTypes: [], roles: [], persons: [] };

/** Writes a notice, or a correction of one. */
export function Editor({ notice, onDone }: { notice?: NoticeItem; onDone(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const { person, scope } = useSession();
  const team: Audience = { ...NOBODY, teams: person.teamId ? [person.teamId] : [] };
  const [title, setTitle] = useState(notice?.title ?? '');
  const [text, setText] = useState(notice?.text ?? '');
  const [mustRead, setMustRead] = useState(notice?.mustRead ?? true);
  const [validUntil, setValidUntil] = useState<number | null>(notice?.validUntil ?? null);
  const [audience, setAudience] = useState<Audience>(notice?.audience ?? team);
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
      files: notice?.files ?? [],
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
      <Choice {...{ audience, setAudience, team, wide: scope('notice.write') === 'centre' }} />
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
        disabled={!title.trim() || !text.trim() || count === 0}
        onClick={save}
        data-testid="notice-save"
      >
        {t(notice ? 'notices.save' : 'notices.publish')}
      </Button>
    </div>
  );
}

interface ChoiceProps {
  audience: Audience;
  setAudience(next: Audience): void;
  team: Audience;
  /** May write to more than the own team. */
  wide: boolean;
}

const ROLES = [
  'agent',
  'shift_leader',
  'supervisor',
  'complaint_specialist',
  'callback_specialist',
  'knowledge_editor',
  'engineer',
] as const;

function Choice({ audience, setAudience, team, wide }: ChoiceProps) {
  const t = useT();
  const kind = audience.everyone ? 'everyone' : audience.teams.length > 0 ? 'team' : 'roles';
  return (
    <>
      <Radio.Group
        aria-label={t('notices.audience')}
        value={kind}
        onChange={({ target }) =>
          setAudience(
            target.value === 'everyone'
              ? { ...NOBODY, everyone: true }
              : target.value === 'team'
                ? team
                : NOBODY,
          )
        }
      >
        <Radio value="team">{t('notices.team')}</Radio>
        {wide && <Radio value="everyone">{t('notices.everyone')}</Radio>}
        {wide && <Radio value="roles">{t('notices.roles')}</Radio>}
      </Radio.Group>
      {kind === 'roles' && (
        <Select
          mode="multiple"
          aria-label={t('notices.roles')}
          value={audience.roles}
          onChange={(roles) => setAudience({ ...NOBODY, roles })}
          options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      )}
    </>
  );
}
