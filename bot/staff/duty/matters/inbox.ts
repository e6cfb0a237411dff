import { z } from 'zod';
import type { hot } from '../../../../prisma/client.ts';
import { t } from '../../../i18n/index.ts';
import { insteadOf } from '../../leave/away.ts';
import type { Talk } from '../../talk.ts';
import { matterCard } from './card.ts';
import { type MatterRecord, matterById } from './record.ts';
import { isAsked, unacknowledged } from './rules.ts';
import { sayAsking, sayTask } from './talk.ts';
import type { WordKind } from './types.ts';
import { matterText, standingText } from './words.ts';

const word = z.object({
  matterId: z.uuid(),
  level: z.number().optional(),
  reminder: z.boolean().optional(),
  escalated: z.boolean().optional(),
});
type Told = z.output<typeof word>;

/** Says a word about a matter from elsewhere. What is out of date is not said. */
export async function sayMatterWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const read = word.safeParse(data);
  // Held: a card must not be opened for a matter that is being answered.
  const held = { hold: kind === 'matter.ask' || kind === 'matter.instruct' };
  const record = read.success ? await matterById(talk.turn.unit.sql, read.data.matterId, held) : undefined;
  if (!record || !read.success) return;
  const { turn, locale, reader, person } = talk;
  const words = { matter: matterText(record, reader), standing: standingText(record, reader) };
  switch (kind) {
    case 'matter.ask':
      return sayAsked(record, read.data, talk);
    case 'matter.instruct':
      return sayTask(record, talk, t(locale, 'matter.told_instruct', said(record, 'instruct', words)));
    case 'matter.unacknowledged':
      if (!unacknowledged(record).includes(person.id)) return;
      return sayTask(record, talk, t(locale, 'matter.told_unacknowledged', words));
    case 'matter.skipped':
      return turn.say('notice', t(locale, 'matter.told_skipped', words), {
        card: matterCard(record, reader),
      });
    case 'matter.pass':
      return turn.say('notice', t(locale, 'matter.told_pass', words));
    case 'matter.object':
      return turn.say('notice', t(locale, 'matter.told_object', said(record, 'object', words)));
    case 'matter.done':
      return turn.say('notice', t(locale, 'matter.told_done', said(record, 'done', words)));
    case 'matter.rule':
      return turn.say('notice', t(locale, 'matter.told_rule', said(record, 'rule', words)));
  }
}

function said<W extends object>({ words, names }: MatterRecord, kind: WordKind, vars: W) {
  const last = words.filter((each) => each.kind === kind).at(-1);
  return { ...vars, name: names.get(last?.by ?? '') ?? '', text: last?.text ?? '' };
}

async function sayAsked(record: MatterRecord, { reminder, escalated }: Told, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const instead = await insteadOf(turn.unit.sql, record, parts.policy().policy, turn.now);
  if (!isAsked(record, person.id, instead)) return;
  const step = record.steps[record.level];
  const own = step?.approverId === person.id;
  const words = {
    ...{ matter: matterText(record, reader), approver: step?.approverName ?? '' },
    reporter: record.names.get(record.reporterId) ?? '',
  };
  const key = escalated
    ? 'matter.ask_escalated'
    : reminder && own
      ? 'matter.ask_again'
      : !own
        ? 'matter.ask_instead'
        : record.state === 'objected'
          ? 'matter.ask_objected'
          : record.urgency === 'emergency'
            ? 'matter.ask_emergency'
            : 'matter.ask_answer';
  await sayAsking(record, talk, t(locale, key, words));
}
