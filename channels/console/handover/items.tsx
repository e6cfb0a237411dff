import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { spanWords } from '../ui/words.ts';
import { SayBox } from './say-box.tsx';
import type { HandoverItem, Shown } from './types.ts';
import { useWrite } from './use-write.ts';

interface Props extends Shown {
  items: readonly HandoverItem[];
  editable: boolean;
}

/** Open problems 遗留问题 with their age; who comes confirms each, anybody of the team closes one with a word. */
export function Items({ handover, items, editable, onChanged }: Props) {
  const t = useT();
  const { write } = useWrite(onChanged);
  return (
    <section>
      <h3>{t('handover.items')}</h3>
      {items.length === 0 && <p className="faint">{t('handover.itemsNone')}</p>}
      <ol className="handover-items">
        {items.map((item) => (
          <Item key={item.id} item={item} handover={handover} editable={editable} onChanged={onChanged} />
        ))}
      </ol>
      {editable && (
        <SayBox
          hint={t('handover.newItem')}
          act={t('handover.add')}
          testId="handover-new-item"
          say={(text) => write((options) => call('POST /api/v1/handover-items', { body: { text } }, options))}
        />
      )}
    </section>
  );
}

function Item({ item, handover, editable, onChanged }: Shown & { item: HandoverItem; editable: boolean }) {
  const t = useT();
  const { busy, write } = useWrite(onChanged);
  const [closing, setClosing] = useState(false);
  const { id: itemId, no, text, author, createdAt, closedAt, closedBy, closeNote } = item;
  const { id, mine, facts } = handover;
  const confirm = () =>
    write((options) =>
      call('POST /api/v1/handovers/:id/read-back', { params: { id }, body: { itemId } }, options),
    );
  const close = (note: string) =>
    write((options) =>
      call('POST /api/v1/handover-items/:no/close', { params: { no }, body: { note } }, options),
    );
  return (
    <li data-testid="handover-item">
      <span className="num">#{no}</span> {text}
      <small className="faint">
        {closedAt === null
          ? t('handover.age', { span: spanWords((handover.closedAt ?? facts.at) - createdAt, t), author })
          : t('handover.closed', { note: closeNote ?? '', by: closedBy ?? '' })}
      </small>
      {handover.state === 'completed' && mine.left.includes(itemId) && (
        <Button
          size="small"
          type="primary"
          className="no-print"
          loading={busy}
          onClick={confirm}
          data-testid={`confirm-${no}`}
        >
          {t('handover.confirm', { no })}
        </Button>
      )}
      {editable && closedAt === null && !closing && (
        <Button
          size="small"
          className="no-print"
          onClick={() => setClosing(true)}
          data-testid={`close-${no}`}
        >
          {t('handover.close')}
        </Button>
      )}
      {closing && closedAt === null && (
        <SayBox
          hint={t('handover.closeHow')}
          act={t('handover.close')}
          testId={`close-note-${no}`}
          say={close}
        />
      )}
    </li>
  );
}
