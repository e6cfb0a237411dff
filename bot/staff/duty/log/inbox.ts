import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { hot } from '../../../../prisma/client.ts';
import { t } from '../../../i18n/index.ts';
import type { Talk } from '../../talk.ts';
import { logById, logsBetween } from './record.ts';
import { sayLog } from './talk.ts';
import { dateText, titleOf } from './words.ts';

const word = z.union([z.object({ logId: z.uuid() }), z.object({ monday: z.iso.date() })]);

/** Says a word about duty logs from elsewhere. What is out of date is not said. */
export async function sayLogWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const read = word.safeParse(data);
  if (!read.success) return;
  if ('monday' in read.data) return sayWeek(read.data.monday, talk);
  const { turn, locale, reader } = talk;
  const record = await logById(turn.unit.sql, read.data.logId);
  if (!record) return;
  const log = titleOf(record, reader);
  switch (kind) {
    case 'dutylog.draft':
    case 'dutylog.remind':
      if (record.state === 'signed') return;
      return sayLog(
        record,
        talk,
        t(locale, kind === 'dutylog.draft' ? 'dutylog.told_draft' : 'dutylog.told_remind', { log }),
      );
    case 'dutylog.missing':
      if (record.state === 'open') turn.say('notice', t(locale, 'dutylog.told_missing', { log }));
      return;
    case 'dutylog.signed':
      return sayLog(record, talk, t(locale, 'dutylog.told_signed', { log, name: record.signerName ?? '' }));
  }
}

/** The week's logs in one list: their hard cases, and those that nobody signed. */
async function sayWeek(monday: string, { turn, locale, reader }: Talk): Promise<void> {
  const sunday = Temporal.PlainDate.from(monday).add({ days: 6 }).toString();
  const records = await logsBetween(turn.unit.sql, null, { from: monday, to: sunday });
  const lines = records.map((record) => {
    const log = titleOf(record, reader);
    const { state, sections } = record;
    if (state === 'open') return t(locale, 'dutylog.week_open', { log });
    return t(locale, 'dutylog.week_line', {
      log,
      cases: sections.cases ?? t(locale, 'handover.nobody'),
      system: sections.system ?? t(locale, 'handover.nobody'),
    });
  });
  if (lines.length === 0) return;
  const words = { from: dateText(monday, reader), to: dateText(sunday, reader), list: lines.join('\n') };
  turn.say('notice', t(locale, 'dutylog.week', words));
}
