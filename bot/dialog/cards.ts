import { randomBytes } from 'node:crypto';
import type { Card } from '../../channels/channel.ts';
import type { Database, Sql, Unit } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { LOCALES, type Locale } from '../i18n/index.ts';

/** Kinds of card; whoever opens one registers what a press does. */
export type CardKind = 'leave_approval' | (string & {});

export interface OpenCard {
  kind: CardKind;
  /** What it is about: a leave request, a ticket. */
  subjectId: string;
  /** The card works in this conversation only. */
  conversationId: string;
  /** Who is meant to decide. */
  personId?: string;
  /** What can be chosen, in the order of `tokens`: `['approve', 'refuse']`. At most 36. */
  choices: string[];
  /** Whatever the handler needs; JSON. */
  data?: Record<string, unknown>;
  /** Epoch milliseconds. */
  now: number;
}

/** One press as its handler sees it: within the transaction that holds the card's row. */
export interface Press {
  token: string;
  subjectId: string;
  conversationId: string;
  /** For whom the card was opened. */
  personId: string | null;
  /** Whose staff chat it was pressed in; null in a customer's conversation. */
  presserId: string | null;
  data: Record<string, unknown>;
  choice: string;
  note: string | undefined;
  now: number;
}

/** `decided` is stored and shown to every later press; `open` only answers this one, and the card still counts. */
export type Pressed = { decided: Card } | { open: Card };

/**
 * What a kind of card does when pressed. Throw an AppError to refuse; nothing is kept then. It may write through
 * `unit`, but must not lock a conversation's row: a turn that closes this card holds one and waits for the card.
 * Use `hot.tell`, and wake after the commit.
 */
export type CardHandler = (unit: Unit, press: Press) => Promise<Pressed>;

// 120 bits: nobody guesses it, and one character for the choice still fits into a button's 22.
const BYTES = 15;
const LENGTH = 20;
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Opens a card; returns the token of each choice's button (21 characters of base64url). */
export async function openCard(
  unit: { sql: Sql },
  card: OpenCard,
): Promise<{ token: string; tokens: Record<string, string> }> {
  const { kind, subjectId, conversationId, personId = null, choices, data = {}, now } = card;
  if (choices.length > DIGITS.length) throw new RangeError('a card has at most 36 choices');
  const token = randomBytes(BYTES).toString('base64url');
  await unit.sql.query({
    name: 'card-open',
    text: `INSERT INTO card (token, kind, subject_id, conversation_id, person_id, data, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      token,
      kind,
      subjectId,
      conversationId,
      personId,
      JSON.stringify({ choices, data }),
      new Date(now),
    ],
  });
  return { token, tokens: tokensOf(token, choices) };
}

/** The tokens of a card's buttons, by choice: to show an open card again. */
export function tokensOf(token: string, choices: readonly string[]): Record<string, string> {
  return Object.fromEntries(choices.map((choice, index) => [choice, token + DIGITS[index]]));
}

/** Cards that are open in a conversation, the oldest first. */
export async function openCards(
  unit: { sql: Sql },
  { conversationId, kind }: { conversationId: string; kind: CardKind },
): Promise<{ token: string; subjectId: string }[]> {
  const { rows } = await unit.sql.query<{ token: string; subjectId: string }>({
    text: `SELECT token, subject_id AS "subjectId" FROM card
      WHERE conversation_id = $1 AND kind = $2 AND decided_at IS NULL ORDER BY created_at, token`,
    values: [conversationId, kind],
  });
  return rows;
}

/** Keeps every card about a subject from being pressed until the transaction ends: for who changes the subject itself. */
export async function holdCards(
  unit: { sql: Sql },
  { kind, subjectId }: { kind: CardKind; subjectId: string },
): Promise<void> {
  await unit.sql.query({
    text: 'SELECT FROM card WHERE kind = $1 AND subject_id = $2 ORDER BY token FOR UPDATE',
    values: [kind, subjectId],
  });
}

/** What cards that are decided elsewhere say, in each language: everybody reads their own. */
export type Outcomes = Readonly<Record<Locale, Card>>;

/** A card made for each language. */
export async function inEachLocale(make: (locale: Locale) => Card | Promise<Card>): Promise<Outcomes> {
  const made: Partial<Record<Locale, Card>> = {};
  for (const locale of LOCALES) made[locale] = await make(locale);
  return made as Outcomes;
}

/** Of the outcomes `$3` the one in the language that the card was drawn in. */
const OWN_OUTCOME = `coalesce($3::jsonb -> (data -> 'data' ->> 'locale'), $3::jsonb -> 'zh-CN')`;

/** Decides every open card about a subject, as when it was withdrawn: their buttons show `outcomes` from now on. */
export async function closeCards(
  unit: { sql: Sql },
  { kind, subjectId, outcomes, now }: { kind: CardKind; subjectId: string; outcomes: Outcomes; now: number },
): Promise<number> {
  const { rowCount } = await unit.sql.query({
    text: `UPDATE card SET outcome = ${OWN_OUTCOME}, decided_at = $4 WHERE kind = $1 AND subject_id = $2 AND decided_at IS NULL`,
    values: [kind, subjectId, JSON.stringify(outcomes), new Date(now)],
  });
  return rowCount ?? 0;
}

/**
 * Decides the open cards about a subject that others than `but` have, for who changes the subject while its row is held.
 * A card that is being pressed at this moment is left to its press, which then finds the subject as it is now: waiting
 * for it would be waiting for each other. Chats that are not drawn anew are told in words.
 */
export async function closeOthers(
  unit: { sql: Sql },
  about: { kind: CardKind; subjectId: string; but: string | null; outcomes: Outcomes; now: number },
): Promise<void> {
  const { kind, subjectId, but, outcomes, now } = about;
  await unit.sql.query({
    text: `UPDATE card SET outcome = ${OWN_OUTCOME}, decided_at = $4, elsewhere = true WHERE token IN (
      SELECT token FROM card WHERE kind = $1 AND subject_id = $2 AND ($5::uuid IS NULL OR person_id IS DISTINCT FROM $5)
        AND decided_at IS NULL ORDER BY token FOR UPDATE SKIP LOCKED)`,
    values: [kind, subjectId, JSON.stringify(outcomes), new Date(now), but],
  });
}

interface Row {
  kind: string;
  subjectId: string;
  personId: string | null;
  presserId: string | null;
  data: { choices: string[]; data: Record<string, unknown> };
  outcome: Card | null;
  [column: string]: unknown;
}

/**
 * Holds a card and its copies in one order, so that presses of several at once wait for each other instead of for ever.
 */
async function holdCopies({ sql }: Unit, token: string): Promise<void> {
  await sql.query({
    name: 'card-hold-copies',
    text: `SELECT FROM card WHERE token IN (
        SELECT c.token FROM card k JOIN card c ON c.token = k.token
          OR (c.kind = k.kind AND c.subject_id = k.subject_id AND c.person_id = k.person_id)
        WHERE k.token = $1) ORDER BY token FOR UPDATE`,
    values: [token],
  });
}

// The row lock makes simultaneous presses wait for the first one's outcome.
const holdText = `SELECT k.kind, k.subject_id AS "subjectId", k.person_id AS "personId", a.person_id AS "presserId",
  k.data, k.outcome
FROM card k JOIN conversation c ON c.id = k.conversation_id JOIN address a ON a.id = c.address_id
WHERE k.token = $1 AND k.conversation_id = $2 FOR UPDATE OF k`;

/** The cards 卡片 of the centre: buttons that count once. */
export class Cards {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #handlers = new Map<string, CardHandler>();

  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  register(kind: CardKind, handler: CardHandler): void {
    if (this.#handlers.has(kind)) throw new Error(`two handlers for cards of kind ${kind}`);
    this.#handlers.set(kind, handler);
  }

  /**
   * Counts a press, once; a repeat gets the stored outcome, whatever it chose. This is the pipeline's `press`.
   * @throws AppError not_found for a token that isn't one of this conversation's, and what the handler throws
   */
  press = (conversationId: string, token: string, note?: string, by?: string | null): Promise<Card> =>
    this.#db.transaction((unit) => this.pressIn(unit, conversationId, token, note, by));

  /**
   * The same within a transaction that is open: a turn in which the button's words were typed.
   * @param by the colleague who pressed in a conversation of several; null: somebody that we don't know
   */
  async pressIn(
    unit: Unit,
    conversationId: string,
    token: string,
    note?: string,
    by?: string | null,
  ): Promise<Card> {
    await holdCopies(unit, token.slice(0, LENGTH));
    const { rows } = await unit.sql.query<Row>({
      name: 'card-hold',
      text: holdText,
      values: [token.slice(0, LENGTH), conversationId],
    });
    const row = rows[0];
    const choice = row?.data.choices[token.length === LENGTH + 1 ? DIGITS.indexOf(token.at(-1) ?? '') : -1];
    const handler = row && this.#handlers.get(row.kind);
    if (!row || !handler || choice === undefined) throw new AppError('not_found');
    if (row.outcome) return row.outcome;
    const { subjectId, personId, data } = row;
    const presserId = by === undefined ? row.presserId : by;
    const now = this.#now();
    const place = { token: token.slice(0, LENGTH), subjectId, conversationId, personId, presserId };
    const pressed = await handler(unit, { ...place, data: data.data, choice, note, now });
    if ('open' in pressed) return pressed.open;
    await decide(unit, place.token, pressed.decided, presserId, now);
    await decideCopies(unit, { ...row, token: place.token, outcome: pressed.decided, by: presserId, now });
    return pressed.decided;
  }
}

interface Copies {
  kind: string;
  subjectId: string;
  personId: string | null;
  token: string;
  outcome: Card;
  by: string | null;
  now: number;
}

/** The same card in this colleague's other chats: it has the same outcome from now on, and is drawn anew there. */
async function decideCopies(
  { sql }: Unit,
  { kind, subjectId, personId, token, outcome, by, now }: Copies,
): Promise<void> {
  if (personId === null) return;
  await sql.query({
    name: 'card-decide-copies',
    text: `UPDATE card SET outcome = $5, decided_by = $6, decided_at = $7, elsewhere = true
      WHERE kind = $1 AND subject_id = $2 AND person_id = $3 AND token <> $4 AND decided_at IS NULL`,
    values: [kind, subjectId, personId, token, JSON.stringify(outcome), by, new Date(now)],
  });
}

async function decide(
  unit: Unit,
  token: string,
  outcome: Card,
  by: string | null,
  now: number,
): Promise<void> {
  const { rowCount } = await unit.sql.query({
    name: 'card-decide',
    text: `UPDATE card SET outcome = $2, decided_by = $3, decided_at = $4 WHERE token = $1 AND decided_at IS NULL`,
    values: [token, JSON.stringify(outcome), by, new Date(now)],
  });
  // The handler closed this subject's cards, its own among them: what it says then is not what was stored.
  if (rowCount !== 1) throw new AppError('conflict', 'a handler must not close the card it decides');
}
