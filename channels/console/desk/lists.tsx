import type { ReactNode } from 'react';
import { useNow } from '../api/clock.ts';
import type { Desk, DeskItem } from '../api/types.ts';
import { named, useT } from '../i18n/index.tsx';
import { ticking } from '../ui/words.ts';
import { gist } from './summary.ts';

interface Props {
  desk: Desk;
  chosen: string | undefined;
  unread(item: DeskItem): number;
  onChoose(conversationId: string): void;
}

/** From when on a wait is shown as long, and as too long; milliseconds. */
const LONG_MS = 60_000;
const TOO_LONG_MS = 180_000;

export function Lists({ desk, chosen, unread, onChoose }: Props) {
  const t = useT();
  const item = (each: DeskItem, kind: 'waiting' | 'mine') => (
    <Item
      key={each.conversationId}
      item={each}
      kind={kind}
      current={each.conversationId === chosen}
      unread={kind === 'mine' ? unread(each) : 0}
      onChoose={onChoose}
    />
  );
  return (
    <>
      <List title={t('desk.mine')} count={desk.mine.length} empty={t('desk.noMine')} testId="mine">
        {desk.mine.map((each) => item(each, 'mine'))}
      </List>
      <List title={t('desk.waiting')} count={desk.waiting.length} empty={t('desk.noWaiting')} testId="queue">
        {desk.waiting.map((each) => item(each, 'waiting'))}
      </List>
    </>
  );
}

interface ListProps {
  title: string;
  count: number;
  empty: string;
  testId: string;
  children: ReactNode[];
}

function List({ title, count, empty, testId, children }: ListProps) {
  return (
    <section className="desk-list" data-testid={testId}>
      <h2>
        {title} <span className="count num">{count}</span>
      </h2>
      {count > 0 ? <ul>{children}</ul> : <p className="desk-none">{empty}</p>}
    </section>
  );
}

interface ItemProps {
  item: DeskItem;
  kind: 'waiting' | 'mine';
  current: boolean;
  unread: number;
  onChoose(conversationId: string): void;
}

function Item({ item, kind, current, unread, onChoose }: ItemProps) {
  const t = useT();
  const reason = item.reason ? named(t, 'reason', item.reason) : t('reason.none');
  const said = kind === 'waiting' ? gist(item.summary) : '';
  return (
    <li>
      <button
        type="button"
        className="list-row desk-item"
        aria-current={current || undefined}
        data-testid={kind === 'waiting' ? 'queue-item' : 'mine-item'}
        data-conversation={item.conversationId}
        onClick={() => onChoose(item.conversationId)}
      >
        <span className="desk-item-head">
          <span className="tag">{named(t, 'channel', item.channel)}</span>
          {item.locale !== 'zh-CN' && <span className="tag">{named(t, 'language', item.locale)}</span>}
          <span className="desk-reason">{reason}</span>
          {kind === 'waiting' ? <Waited since={item.queuedAt ?? item.openedAt} /> : <Unread count={unread} />}
        </span>
        {said && <span className="desk-gist">{said}</span>}
        <span className={unread > 0 ? 'desk-last desk-last-new' : 'desk-last'}>{item.lastText || '…'}</span>
      </button>
    </li>
  );
}

function Waited({ since }: { since: number }) {
  const t = useT();
  const now = useNow();
  const ms = Math.max(0, now - since);
  const level = ms > TOO_LONG_MS ? 'red' : ms > LONG_MS ? 'amber' : 'calm';
  return (
    <span className={`waited waited-${level} num`} title={t('desk.waited', { time: ticking(ms) })}>
      {ticking(ms)}
    </span>
  );
}

function Unread({ count }: { count: number }) {
  const t = useT();
  if (count === 0) return null;
  return (
    <span className="unread num" data-testid="unread">
      <span className="sr-only">{t('desk.unread', { count })}</span>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
    </span>
  );
}
