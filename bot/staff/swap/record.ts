import type { Sql } from '../../../prisma/client.ts';
import type { Duty } from '../roster/types.ts';
import type { Consent, SwapProgress, SwapState } from './decide.ts';
import type { SwapSeat } from './leaders.ts';
import type { SwapChecked, SwapKind } from './types.ts';

/** A swap 换班单 as it is stored. */
export interface SwapRecord {
  readonly id: string;
  readonly kind: SwapKind;
  readonly state: SwapState;
  /** Who asked: whoever gives the shift, or the leader who offers one that nobody has. */
  readonly requesterId: string;
  readonly giverId: string;
  readonly partnerId: string | null;
  /** The duties as they were when it was proposed. */
  readonly shift: Duty;
  readonly back: Duty | null;
  readonly reason: string;
  /** The verdicts at the last check. */
  readonly checks: SwapChecked;
  /** The rosters' versions at the last check, by person. */
  readonly versions: Readonly<Record<string, number>>;
  /** Everybody who sits at `seats` as a leader. */
  readonly leaderIds: readonly string[];
  readonly seats: readonly SwapSeat[];
  /** Whoever must decide was told that it will expire. */
  readonly reminded: boolean;
  /** For an open shift that was taken: the planned shift of whoever took it. */
  readonly plannedShiftId: string | null;
  readonly endedBy: string | null;
  readonly policyId: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly changedAt: number;
  readonly consents: readonly Consent[];
  /** Names of everybody concerned, by id. */
  readonly names: Readonly<Record<string, string>>;
}

type Times = 'createdAt' | 'expiresAt' | 'changedAt';
type Row = Omit<SwapRecord, Times | 'consents' | 'names' | 'seats'> &
  Record<Times, Date> & { seats: SwapSeat[] | null } & Record<string, unknown>;

const COLUMNS = `id, kind, state, requester_id AS "requesterId", giver_id AS "giverId", partner_id AS "partnerId", shift,
  back, reason, checks, versions, leader_ids AS "leaderIds", seats, reminded_at IS NOT NULL AS reminded, planned_shift_id AS "plannedShiftId", ended_by AS "endedBy",
  policy_id AS "policyId", created_at AS "createdAt", expires_at AS "expiresAt", changed_at AS "changedAt"`;

/** A swap with what was said to it. `hold` keeps it as it is until the transaction ends. */
export async function swapById(
  sql: Sql,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<SwapRecord | undefined> {
  // A statement of its own: the one below then sees what was decided while we waited for the lock.
  if (hold) await sql.query({ text: 'SELECT FROM swap WHERE id = $1 FOR UPDATE', values: [id] });
  return (await select(sql, 'id = $1', [id]))[0];
}

/** A colleague's swaps, asked for or agreed to, the newest first. */
export function swapsOf(sql: Sql, personId: string, limit: number): Promise<SwapRecord[]> {
  return select(sql, 'requester_id = $1 OR partner_id = $1', [personId], limit);
}

/** What may wait for this colleague's word as partner, leader or above, the oldest first: see `swapsWaiting`. */
export async function swapsToDecide(sql: Sql, personId: string): Promise<SwapRecord[]> {
  const where = `(state = 'peer_pending' AND partner_id = $1) OR (state = 'leader_pending' AND (leader_ids ? $1::text
    OR seats @> jsonb_build_array(jsonb_build_object('above', jsonb_build_array($1::text)))))`;
  return (await select(sql, where, [personId])).reverse();
}

/** Those in effect that this leader agreed to, whose shift begins after `now` (epoch ms). */
export function swapsToRevoke(sql: Sql, leaderId: string, now: number): Promise<SwapRecord[]> {
  const where = `state = 'applied' AND (leader_ids ? $1::text OR seats @> jsonb_build_array(jsonb_build_object('by', $1::text)))
    AND (shift->>'from')::float8 > $2
    AND coalesce((back->>'from')::float8, 'Infinity') > $2`;
  return select(sql, where, [leaderId, now], 5);
}

/**
 * The swaps of a month (`YYYY-MM`) by the shift's business date, in the order in which they were asked for.
 * @param team only those that concern it: of its shifts, or with somebody of its people
 */
export async function swapsIn(sql: Sql, month: string, team?: string): Promise<SwapRecord[]> {
  const where = `left(shift->>'businessDate', 7) = $1 AND ($2::text IS NULL
    OR $2 IN (shift->>'teamId', back->>'teamId')
    OR EXISTS (SELECT FROM person p WHERE p.id = partner_id AND p.team_id::text = $2))
    AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))`;
  const found: SwapRecord[] = [];
  for (;;) {
    const last = found.at(-1);
    const before = last ? [new Date(last.createdAt), last.id] : [null, null];
    const page = await select(sql, where, [month, team ?? null, ...before], PAGE);
    found.push(...page);
    if (page.length < PAGE) return found.reverse();
  }
}

/** Read at once: the record itself has no limit. */
const PAGE = 1000;

/** Swaps that are open: to be looked at again. */
export async function openSwapIds(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    text: `SELECT id FROM swap WHERE state IN ('peer_pending', 'leader_pending') ORDER BY expires_at, id LIMIT 500`,
  });
  return rows.map(({ id }) => id);
}

async function select(
  sql: Sql,
  where: string,
  values: readonly unknown[],
  limit = 100,
): Promise<SwapRecord[]> {
  const { rows } = await sql.query<Row>({
    text: `SELECT ${COLUMNS} FROM swap WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ${limit}`,
    values: [...values],
  });
  if (rows.length === 0) return [];
  const consents = await consentsOf(
    sql,
    rows.map(({ id }) => id),
  );
  const names = await namesOf(sql, [
    ...rows.flatMap((row) => [row.requesterId, row.giverId, row.partnerId, row.endedBy, ...row.leaderIds]),
    ...consents.map(({ personId }) => personId),
  ]);
  return rows.map((row) => ({
    ...{ ...row, names, createdAt: row.createdAt.getTime() },
    ...{ expiresAt: row.expiresAt.getTime(), changedAt: row.changedAt.getTime() },
    ...saidTo(row, consents),
  }));
}

function saidTo(
  { id, leaderIds, seats }: Row,
  all: readonly (Consent & { swapId: string })[],
): Pick<SwapRecord, 'consents' | 'seats'> {
  const consents = all.filter(({ swapId }) => swapId === id).map(({ swapId: _, ...one }) => one);
  const agreed = (leader: string) =>
    consents.some(
      ({ as, decision, personId }) => as === 'leader' && decision === 'agree' && personId === leader,
    );
  // As the release before wrote it.
  const single = (leader: string) => ({
    leaders: [leader],
    above: [],
    ...(agreed(leader) && { by: leader }),
  });
  return { consents, seats: seats ?? leaderIds.map(single) };
}

async function consentsOf(sql: Sql, ids: string[]): Promise<(Consent & { swapId: string })[]> {
  type Stored = Omit<Consent, 'at'> & { swapId: string; at: Date } & Record<string, unknown>;
  const { rows } = await sql.query<Stored>({
    text: `SELECT swap_id AS "swapId", person_id AS "personId", role AS as, decision, note, created_at AS at
      FROM swap_consent WHERE swap_id = ANY($1) ORDER BY created_at, id`,
    values: [ids],
  });
  return rows.map(({ swapId, personId, as, decision, note, at }) => {
    return { swapId, personId, as, decision, note, at: at.getTime() };
  });
}

/** Also of colleagues who have left: a record keeps its names. */
async function namesOf(sql: Sql, ids: readonly (string | null)[]): Promise<Record<string, string>> {
  const { rows } = await sql.query<{ id: string; name: string }>({
    text: 'SELECT id, name FROM person WHERE id = ANY($1)',
    values: [[...new Set(ids.filter(Boolean))]],
  });
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/** Numbers 工号 of whoever asked and whoever agreed, by id. */
export async function swapNumbers(sql: Sql, records: readonly SwapRecord[]): Promise<Map<string, string>> {
  const ids = records.flatMap(({ requesterId, partnerId }) => [
    requesterId,
    ...(partnerId ? [partnerId] : []),
  ]);
  const { rows } = await sql.query<{ id: string; number: string }>({
    text: 'SELECT id, number FROM person WHERE id = ANY($1)',
    values: [[...new Set(ids)]],
  });
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** The part of a record that presses go by. */
export function progressOf({
  state,
  requesterId,
  partnerId,
  seats,
  consents,
  kind,
}: SwapRecord): SwapProgress {
  return { state, requesterId, partnerId, seats, consents, open: kind === 'open' };
}
