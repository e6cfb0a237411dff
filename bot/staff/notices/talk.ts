import { z } from 'zod';
import type { hot, Sql } from '../../../prisma/client.ts';
import type { MessageFile } from '../../conversation/message.ts';
import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import { askToRead } from './card.ts';
import { mark } from './receipts.ts';
import { type NoticeRow, noticeById, noticesOf } from './store.ts';

const SHOWN = 5;
const word = z.object({ noticeId: z.uuid(), version: z.number().optional() });

/** A word about a notice: told, reminded, withdrawn. What is out of date is not said. */
export async function sayNoticeWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const { turn, person, locale } = talk;
  const read = word.safeParse(data);
  const notice = read.success ? await noticeById(turn.unit.sql, read.data.noticeId) : undefined;
  if (!notice) return;
  const { title } = notice;
  if (kind === 'notice.withdrawn') return turn.say('notice', t(locale, 'notice.withdrawn_told', { title }));
  const [own] = (
    await noticesOf(turn.unit.sql, person.id, { now: turn.now, unread: true, limit: 1000 })
  ).filter(({ id }) => id === notice.id);
  if (!own) return;
  if (kind === 'notice.remind') return show(notice, t(locale, 'notice.remind', { title }), talk);
  if (read.data?.version !== notice.version) return;
  const text = t(locale, notice.version > 1 ? 'notice.told_again' : 'notice.told', { title });
  await show(notice, text, talk, await attachmentsOf(turn.unit.sql, notice));
}

/** 「有什么通知」: what this colleague still has to read, each on its card. */
export async function showNotices(_text: string, talk: Talk): Promise<void> {
  const { turn, person, locale } = talk;
  const unread = await noticesOf(turn.unit.sql, person.id, { now: turn.now, unread: true, limit: 100 });
  if (unread.length === 0) return turn.say('answer', t(locale, 'notice.unread_none'));
  for (const [index, notice] of unread.slice(0, SHOWN).entries()) {
    const first = t(locale, 'notice.unread', { count: unread.length });
    await show(notice, index === 0 ? first : t(locale, 'notice.title', { title: notice.title }), talk);
  }
  if (unread.length > SHOWN) turn.say('answer', t(locale, 'notice.more', { count: unread.length - SHOWN }));
}

/** Says the card; that is what delivered means: it stands in their chat. Its files come with it the first time. */
async function show(notice: NoticeRow, text: string, talk: Talk, files: MessageFile[] = []): Promise<void> {
  const { turn, person, locale, parts } = talk;
  const { timeZone } = parts.policy().policy.centre;
  const at = { conversationId: turn.conversation.id, personId: person.id, locale, timeZone, now: turn.now };
  const card = await askToRead(turn.unit, notice, at);
  const { id: noticeId, version } = notice;
  await mark(turn.unit.sql, 'delivered', { noticeId, personId: person.id, version }, turn.now);
  turn.say('notice', text, { card, ...(files.length > 0 && { files }) });
}

async function attachmentsOf(sql: Sql, { files }: NoticeRow): Promise<MessageFile[]> {
  const { rows } = await sql.query<Omit<MessageFile, 'state'> & Record<string, unknown>>({
    text: 'SELECT id, name, content_type AS type, size FROM file WHERE id = ANY($1)',
    values: [files.map(({ id }) => id)],
  });
  // In the writer's order, under the writer's names.
  return files.flatMap(({ id, name }) => {
    const found = rows.find((row) => row.id === id);
    return found ? [{ ...found, name, state: 'stored' as const }] : [];
  });
}
