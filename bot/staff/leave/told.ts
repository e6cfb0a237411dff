import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import { certificatesOf } from './certificate.ts';
import { sayCertificateCard } from './certificate-card.ts';
import { uncertified } from './life.ts';
import type { LeaveRecord } from './record.ts';
import { datesText, leaveText, timeText } from './words.ts';

/** Says what the clock or a colleague left about a leave after it was granted. What is out of date is not said. */
export async function sayLater(
  kind: string,
  record: LeaveRecord,
  certificateId: string | undefined,
  talk: Talk,
): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const own = record.personId === person.id;
  const words = { person: record.personName, leave: leaveText(record, reader) };
  const open = record.state === 'approved' && record.returnedAt === null;
  switch (kind) {
    case 'leave.return_due':
      if (open) sayWithButton('leave.return_due', 'leave.return_button', words, talk);
      return;
    case 'leave.overdue':
      if (open && own) sayWithButton('leave.return_overdue', 'leave.return_button', words, talk);
      else if (open) turn.say('notice', t(locale, 'leave.return_overdue_told', words));
      return;
    case 'leave.returned': {
      if (record.returnedAt === null) return;
      const at = timeText(record.returnedAt, reader);
      return turn.say(
        'notice',
        t(locale, own ? 'leave.returned_for_you' : 'leave.returned_told', { ...words, at }),
      );
    }
    case 'leave.certificate_due':
      if (record.certificateState === 'due') turn.say('notice', t(locale, 'leave.certificate_remind', words));
      return;
    case 'leave.certificate_missing':
      if (record.certificateState === 'missing')
        turn.say(
          'notice',
          t(locale, own ? 'leave.certificate_missing' : 'leave.certificate_missing_told', words),
        );
      return;
    case 'leave.certificate':
      return sayCertificateCard(record, certificateId, talk);
    case 'leave.certificate_outcome':
      return sayCertificateOutcome(record, certificateId, talk);
  }
}

function sayWithButton(
  key: 'leave.return_due' | 'leave.return_overdue',
  button: 'leave.return_button',
  words: { person: string; leave: string },
  { turn, locale }: Talk,
): void {
  const title = t(locale, button);
  turn.say('notice', t(locale, key, words), { actions: [{ title, value: title }] });
}

async function sayCertificateOutcome(record: LeaveRecord, id: string | undefined, talk: Talk): Promise<void> {
  const { turn, locale, reader } = talk;
  const all = await certificatesOf(turn.unit, record.id);
  const certificate = all.find((each) => each.id === id);
  if (!certificate) return;
  const words = { leave: leaveText(record, reader), note: certificate.note };
  if (certificate.state === 'refused')
    return turn.say(
      'notice',
      t(locale, certificate.note ? 'leave.certificate_refused_why' : 'leave.certificate_refused', words),
    );
  const open = uncertified(
    record.span,
    all.filter(({ state }) => state === 'accepted'),
  );
  const dates = datesText(open, talk.reader);
  turn.say(
    'notice',
    t(locale, dates ? 'leave.certificate_accepted_open' : 'leave.certificate_accepted', { ...words, dates }),
  );
}
