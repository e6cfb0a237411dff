import { App, Button } from 'antd';
import { call } from '../api/call.ts';
import type { MyChannels } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { accountWords, wordsFor } from '../ui/words.ts';

interface Props {
  linked: MyChannels['linked'];
  onChanged(): void;
}

export function LinkedList({ linked, onChanged }: Props) {
  const t = useT();
  const { message, modal } = App.useApp();
  const unlink = async (id: string) => {
    try {
      await call('DELETE /api/v1/my/channels/:id', { params: { id } });
      message.success(t('mine.unlinked'));
    } catch (error) {
      message.error(wordsFor(error, t));
    }
    onChanged();
  };
  const ask = (id: string, name: string) =>
    modal.confirm({
      title: t('mine.unlinkAsk', { name }),
      content: t('mine.unlinkWhy'),
      okText: t('mine.unlink'),
      okButtonProps: { danger: true, 'data-testid': 'my-channel-unlink-confirm' },
      onOk: () => unlink(id),
    });
  return (
    <section>
      <h3>{t('mine.linked')}</h3>
      {linked.length === 0 && <p className="faint">{t('mine.noneLinked')}</p>}
      <ul className="my-channels-linked">
        {linked.map(({ id, account, name }) => {
          const words = accountWords(account, name, t);
          return (
            <li key={id} data-testid="my-channel">
              <span>{words}</span>
              <Button size="small" onClick={() => ask(id, words)} data-testid="my-channel-unlink">
                {t('mine.unlink')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
