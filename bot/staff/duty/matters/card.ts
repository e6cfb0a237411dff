import type { Button, Card } from '../../../../channels/channel.ts';
import type { Unit } from '../../../../prisma/client.ts';
import { openCard, openCards, tokensOf } from '../../../dialog/cards.ts';
import { type Locale, t } from '../../../i18n/index.ts';
import type { Reader } from '../../leave/explain.ts';
import { timeText } from '../../leave/words.ts';
import type { MatterRecord } from './record.ts';
import { unacknowledged } from './rules.ts';
import { historyText, matterText, skippedText, standingText } from './words.ts';

/** Asks a leader for their word. */
export const MATTER_CARD = 'matter';
/** Before those who follow an instruction. */
export const MATTER_TASK = 'matter_task';
export type MatterCardKind = typeof MATTER_CARD | typeof MATTER_TASK;

/** What can be pressed, in the order of the tokens. */
export const CHOICES = {
  [MATTER_CARD]: ['agree', 'write', 'pass'],
  [MATTER_TASK]: ['acknowledge', 'object', 'done'],
} as const;
export type MatterChoice = (typeof CHOICES)[MatterCardKind][number];

/** A matter whole: what, what is suggested, how urgent, everything that was said, how it stands. */
export function matterCard(record: MatterRecord, reader: Reader): Card {
  const { locale } = reader;
  const { names, reporterId, urgency, suggestion, createdAt } = record;
  const fact = (
    label: 'reporter' | 'problem' | 'suggestion' | 'urgency' | 'skipped' | 'history' | 'state',
    value: string,
  ) => (value ? [{ label: t(locale, `matter.fact_${label}`), value }] : []);
  return {
    title: matterText(record, reader),
    facts: [
      ...fact(
        'reporter',
        t(locale, 'matter.reported', { name: names.get(reporterId) ?? '', at: timeText(createdAt, reader) }),
      ),
      ...fact('problem', record.problem),
      ...fact('suggestion', suggestion),
      ...fact('urgency', t(locale, `matter.urgency_${urgency}`)),
      ...fact('skipped', skippedText(record, reader)),
      ...fact('history', historyText(record, reader)),
      ...fact('state', standingText(record, reader)),
    ],
  };
}

/** The card with what this colleague can press; the open one of this chat keeps its buttons. */
export async function pressable(
  unit: Unit,
  kind: MatterCardKind,
  record: MatterRecord,
  reader: Reader,
  at: { readonly conversationId: string; readonly personId: string; readonly now: number },
): Promise<Card> {
  const choices = [...CHOICES[kind]];
  const { conversationId, personId, now } = at;
  const open = (await openCards(unit, { conversationId, kind })).find((each) => each.subjectId === record.id);
  const data = { locale: reader.locale };
  const tokens = open
    ? tokensOf(open.token, choices)
    : (await openCard(unit, { kind, subjectId: record.id, conversationId, personId, choices, data, now }))
        .tokens;
  return { ...matterCard(record, reader), buttons: buttonsOf(kind, record, personId, tokens, reader.locale) };
}

/** What still makes sense to press. */
export function buttonsOf(
  kind: MatterCardKind,
  record: MatterRecord,
  personId: string,
  tokens: Record<string, string>,
  locale: Locale,
): Button[] {
  const { state, suggestion, steps, level, carrierId, words } = record;
  const button = (choice: MatterChoice, style?: Button['style']): Button => ({
    ...{ title: t(locale, `matter.button_${choice}`), token: tokens[choice] ?? '' },
    ...(style && { style }),
  });
  if (kind === MATTER_CARD)
    return [
      ...(state === 'waiting' && suggestion ? [button('agree', 'primary')] : []),
      button('write'),
      ...(level + 1 < steps.length ? [button('pass')] : []),
    ];
  const objected = words.some((word) => word.kind === 'object' && word.by === personId);
  return [
    ...(unacknowledged(record).includes(personId) ? [button('acknowledge', 'primary')] : []),
    ...(state === 'instructed' && !objected ? [button('object')] : []),
    ...(state === 'instructed' && carrierId === personId ? [button('done')] : []),
  ];
}
