import type { Button, Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import { openCard, openCards, tokensOf } from '../../dialog/cards.ts';
import { type Locale, t } from '../../i18n/index.ts';
import type { Reader } from '../leave/explain.ts';
import { loadRoster } from '../roster/store.ts';
import { dutyText, explainSwap } from './explain.ts';
import type { SwapRecord } from './record.ts';
import { standingText } from './words.ts';

/** Asks somebody for their word: a partner, a leader, or one of those who could take a shift. */
export const SWAP_CARD = 'swap';
/** Beside one's own swaps: to take back, or for a leader to revoke. */
export const SWAP_ACTION = 'swap_action';

/** What can be pressed, in the order of the tokens. */
export const CHOICES = {
  [SWAP_CARD]: ['agree', 'decline'],
  [SWAP_ACTION]: ['withdraw', 'revoke'],
} as const;
type Kind = keyof typeof CHOICES;
type Choice = (typeof CHOICES)[Kind][number];

export interface Place {
  readonly conversationId: string;
  readonly personId: string;
  readonly locale: Locale;
  /** Epoch ms. */
  readonly now: number;
}

/** Buttons on a card of this chat: the open one that it has already, or a new one. */
export async function buttons(
  unit: Unit,
  record: SwapRecord,
  { conversationId, personId, locale, now }: Place,
  wanted: readonly { kind: Kind; choice: Choice; style: Button['style'] }[],
): Promise<Button[]> {
  const kind = wanted[0]?.kind ?? SWAP_CARD;
  const choices = [...CHOICES[kind]];
  const open = (await openCards(unit, { conversationId, kind })).find((card) => card.subjectId === record.id);
  const tokens: Record<string, string> = open
    ? tokensOf(open.token, choices)
    : (
        await openCard(unit, {
          ...{ kind, subjectId: record.id, conversationId, personId, choices, data: { locale }, now },
        })
      ).tokens;
  return wanted.map(({ choice, style }) => ({
    title: t(locale, titleOf(choice, record)),
    token: tokens[choice] ?? '',
    ...(style && { style }),
  }));
}

function titleOf(choice: Choice, { partnerId }: SwapRecord) {
  if (partnerId === null && choice === 'agree') return 'swap.claim' as const;
  if (partnerId === null && choice === 'decline') return 'swap.no_claim' as const;
  return `swap.${choice}` as const;
}

export const ASKING = [
  { kind: SWAP_CARD, choice: 'agree', style: 'primary' },
  { kind: SWAP_CARD, choice: 'decline', style: 'danger' },
] as const;

/** All that somebody should know before they agree: both shifts, why, what the rules say, the staffing of both. */
export async function swapCard(unit: Unit, record: SwapRecord, reader: Reader, now: number): Promise<Card> {
  const { locale } = reader;
  const { giverId, partnerId, shift, back, names, reason, kind } = record;
  const giver = names[giverId] ?? '';
  const taker = partnerId ? (names[partnerId] ?? '') : '';
  const title =
    kind === 'open'
      ? t(locale, 'swap.card_title_open', { shift: dutyText(shift, reader) })
      : partnerId
        ? t(locale, 'swap.card_title', { giver, taker })
        : t(locale, 'swap.card_title_claim', { giver, shift: dutyText(shift, reader) });
  const fact = (label: string, value: string) => (value ? [{ label, value }] : []);
  return {
    title,
    facts: [
      ...fact(t(locale, 'swap.fact_give', { name: giver }), dutyText(shift, reader)),
      ...(back ? fact(t(locale, 'swap.fact_give', { name: taker }), dutyText(back, reader)) : []),
      ...(!back && taker ? fact(t(locale, 'swap.fact_take', { name: taker }), dutyText(shift, reader)) : []),
      ...fact(t(locale, 'swap.fact_reason'), reason),
      ...fact(t(locale, 'swap.fact_checks'), checksText(record, reader)),
      ...fact(t(locale, 'swap.fact_staffing'), await staffing(unit, record, reader)),
      ...fact(t(locale, 'swap.fact_agreed'), agreed(record, reader)),
      ...fact(t(locale, 'swap.fact_state'), standingText(record, reader, now)),
    ],
  };
}

function checksText({ checks }: SwapRecord, reader: Reader): string {
  const open = checks.verdicts.filter(({ result }) => result !== 'pass');
  if (open.length === 0) return t(reader.locale, 'swap.checks_fine');
  return open.map((verdict) => explainSwap(verdict, reader)).join('\n');
}

/** How many the team has at the beginning of either shift, now and then. */
async function staffing({ sql }: Unit, { shift, back, kind }: SwapRecord, reader: Reader): Promise<string> {
  const { locale } = reader;
  const both = [shift, ...(back ? [back] : [])];
  const teams = await sql.query<{ id: string; name: string }>({
    text: 'SELECT id, name FROM team WHERE id = ANY($1)',
    values: [both.map(({ teamId }) => teamId)],
  });
  const lines: string[] = [];
  for (const duty of both) {
    const roster = await loadRoster(sql, { from: duty.from, to: duty.from + 1 });
    const count = roster.whoIsOn(duty.from).filter(({ teamId }) => teamId === duty.teamId).length;
    const team = teams.rows.find(({ id }) => id === duty.teamId)?.name ?? '';
    const what = { shift: dutyText(duty, reader), team, count };
    const then = t(locale, 'swap.staffing_open', { ...what, after: count + 1 });
    lines.push(kind === 'open' ? then : t(locale, 'swap.staffing', what));
  }
  return lines.join('\n');
}

function agreed({ consents, names }: SwapRecord, { locale }: Reader): string {
  return consents
    .filter(({ decision }) => decision === 'agree')
    .map(({ personId }) => names[personId] ?? '')
    .join(t(locale, 'leave.list_separator'));
}
