import { z } from 'zod';
import type { hot } from '../../../prisma/client.ts';
import { t } from '../../i18n/index.ts';
import { may } from '../../people/permissions.ts';
import { changesMeant } from '../handover/find.ts';
import { pastSpan } from '../past.ts';
import type { Talk } from '../talk.ts';
import { cardToRead, meetingCard, meetingText } from './card.ts';
import { publishMinutes, writeMinutes } from './keep.ts';
import { type MeetingSaid, readMeeting } from './read.ts';
import {
  type MeetingRecord,
  meetingById,
  meetingsBetween,
  openMeetings,
  unreadBy,
  unwritten,
} from './record.ts';

/** 会议, 昨天的班前会纪要: what concerns this colleague; with neither (`/meetings`), what is open. */
export async function showMeetings(text: string, talk: Talk): Promise<void> {
  const { turn, person, locale } = talk;
  const said = readMeeting(text);
  if (said?.do === 'past') return showPast(said, talk);
  const open = await openMeetings(turn.unit.sql, person.id, turn.now);
  if (open.length === 0) return turn.say('answer', t(locale, 'meeting.none'));
  for (const record of open.reverse()) await sayMeeting(record, talk, t(locale, keyOf(record)));
}

const keyOf = ({ state }: MeetingRecord) => (state === 'planned' ? 'meeting.planned' : 'meeting.to_read');

/** Managers find all of a day's minutes, others those that concern them. */
async function showPast({ kind, when }: Extract<MeetingSaid, { do: 'past' }>, talk: Talk): Promise<void> {
  const { turn, person, locale, parts } = talk;
  const { timeZone } = parts.policy().policy.centre;
  const span = pastSpan(when, turn.now, timeZone);
  if (!span) return turn.say('answer', t(locale, 'meeting.when'));
  const all = may(person, 'meeting.write', { personId: '', teamId: null });
  const between = changesMeant(span, timeZone);
  const found = await meetingsBetween(turn.unit.sql, all ? null : person.id, between);
  const meant = found.filter((each) => kind === undefined || each.kind === kind);
  if (meant.length === 0) return turn.say('answer', t(locale, 'meeting.past_none'));
  for (const record of meant.reverse()) await sayMeeting(record, talk, t(locale, 'meeting.past'));
}

export async function sayMeeting(record: MeetingRecord, talk: Talk, text: string): Promise<void> {
  const { turn, person, reader } = talk;
  const at = { conversationId: turn.conversation.id, personId: person.id, now: turn.now };
  turn.say('notice', text, { card: await cardToRead(turn.unit, record, reader, at) });
}

/** 写纪要, 决定, 发布纪要: of whoever chairs; what stands after the slash is written into the minutes. */
export async function minutesTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const read = readMeeting(text);
  const said = read && isWriting(read) ? read : readMeeting(`写纪要 ${text}`);
  if (!said || !isWriting(said)) return showMeetings('', talk);
  const found = await meant(said, talk);
  if (!found) return;
  const which = { id: found.id, by: person };
  const kept =
    said.do === 'publish'
      ? await publishMinutes(turn.unit, parts, which, turn.now)
      : await writeMinutes(turn.unit, parts, { ...which, what: said.do, text: said.text }, turn.now);
  if ('refused' in kept) return turn.say('answer', t(locale, `meeting.refused_${kept.refused}`));
  const { record } = kept;
  const title = t(locale, 'meeting.button_publish', { no: record.no });
  const buttons = record.state === 'planned' ? [{ title, value: title }] : [];
  const done = t(locale, `meeting.done_${said.do}`, { meeting: meetingText(record, reader) });
  turn.say('answer', done, { card: { ...meetingCard(record, reader), buttons } });
}

type Writing = Extract<MeetingSaid, { do: 'minutes' | 'decision' | 'publish' }>;
export const isWriting = (said: MeetingSaid): said is Writing =>
  said.do === 'minutes' || said.do === 'decision' || said.do === 'publish';

/** The meeting of that number; without one, the last that this colleague chaired and that has no minutes yet. */
async function meant({ no }: Writing, { turn, person, locale }: Talk): Promise<MeetingRecord | undefined> {
  const [last] = await unwritten(turn.unit.sql, { chairId: person.id, no, now: turn.now });
  if (!last) turn.say('answer', t(locale, no === undefined ? 'meeting.none_to_write' : 'meeting.unknown'));
  return last;
}

const word = z.object({ meetingId: z.uuid() });

/** Says a word about a meeting from elsewhere. What is out of date is not said. */
export async function sayMeetingWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const { turn, locale, person, reader } = talk;
  const read = word.safeParse(data);
  const record = read.success ? await meetingById(turn.unit.sql, read.data.meetingId) : undefined;
  if (!record) return;
  const unread = unreadBy(record).some(({ id }) => id === person.id);
  const words = { meeting: meetingText(record, reader) };
  switch (kind) {
    case 'meeting.opened':
      if (record.state === 'planned') await sayMeeting(record, talk, t(locale, 'meeting.told_opened', words));
      return;
    case 'meeting.unwritten':
      if (record.state === 'planned')
        await sayMeeting(record, talk, t(locale, 'meeting.told_unwritten', words));
      return;
    case 'meeting.minutes':
    case 'meeting.remind': {
      const key = kind === 'meeting.minutes' ? 'meeting.told_minutes' : 'meeting.told_remind';
      if (unread) await sayMeeting(record, talk, t(locale, key, words));
      return;
    }
    case 'meeting.unread':
      if (unreadBy(record).length > 0)
        turn.say('notice', t(locale, 'meeting.told_unread', { ...words, names: namesOf(record, talk) }));
  }
}

const namesOf = (record: MeetingRecord, { locale }: Talk) =>
  unreadBy(record)
    .map(({ name }) => name)
    .join(t(locale, 'handover.separator'));
