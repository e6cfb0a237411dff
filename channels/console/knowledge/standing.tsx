import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import type { Entry } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

interface Props {
  entry: Entry;
  /** Something was done, or somebody else was quicker. */
  onChanged(): void;
}

/** Withdraws an entry 停用 after a question, with the way back in what is said then; restores a withdrawn one 恢复. */
export function Standing({ entry, onChanged }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const write = async (act: 'withdraw' | 'restore', { id, revision }: Entry) => {
    setBusy(true);
    const input = { params: { id }, body: { revision } };
    try {
      return await call(`POST /api/v1/entries/:id/${act}`, input, { clientId: newClientId() });
    } catch (error) {
      message.error(wordsFor(error, t));
      return undefined;
    } finally {
      setBusy(false);
      onChanged();
    }
  };
  const restore = async (withdrawn: Entry) => {
    if (await write('restore', withdrawn)) message.success(t('entries.restored'));
  };
  const withdraw = async () => {
    const withdrawn = await write('withdraw', entry);
    if (!withdrawn) return;
    const key = `withdrawn ${withdrawn.id}`;
    const takeBack = () => {
      message.destroy(key);
      void restore(withdrawn);
    };
    const content = (
      <>
        {t('entries.withdrawn', { title: withdrawn.title })}
        <Button type="link" size="small" onClick={takeBack} data-testid="entry-undo">
          {t('entries.undo')}
        </Button>
      </>
    );
    message.success({ key, content, duration: 10 });
  };
  if (entry.state === 'withdrawn')
    return (
      <Button type="primary" loading={busy} onClick={() => restore(entry)} data-testid="entry-restore">
        {t('entries.restore')}
      </Button>
    );
  return (
    <Popconfirm
      title={t('entries.withdrawAsk')}
      description={<div className="entry-ask">{t('entries.withdrawWhy')}</div>}
      okText={t('entries.withdraw')}
      okButtonProps={{ danger: true, 'data-testid': 'entry-withdraw-confirm' }}
      onConfirm={withdraw}
    >
      <Button danger loading={busy} data-testid="entry-withdraw">
        {t('entries.withdraw')}
      </Button>
    </Popconfirm>
  );
}
