import type { Decision, Progress, Section, Sections } from './types.ts';

/** What somebody does to a handover. `leads`: the permission table lets them decide for this team. */
export type Move =
  | {
      readonly do: 'complete';
      readonly by: string;
      readonly leads: boolean;
      readonly open: readonly string[];
      /** What must be written and is not. */
      readonly missing: readonly Section[];
    }
  | { readonly do: 'carry'; readonly by: string; readonly itemId: string }
  | { readonly do: 'readBack'; readonly by: string; readonly itemId: string }
  | { readonly do: 'accept'; readonly by: string; readonly unread: number }
  | ({ readonly do: 'decide'; readonly by: string; readonly leads: boolean } & Pick<
      Decision,
      'missingId' | 'kind' | 'standInId' | 'note'
    >);

/**
 * Why a move is not made. `not_yours`: neither one's own nor a leader's. `closed`: it has ended. `not_completed`: those
 * who go have not completed it. `empty`: sections that must be written are not. `not_read_back`, `unread`: items, or notices that must be read, are left. `not_missing`:
 * they are not to come, or have accepted. `own`: nobody decides about themselves. `stand_in`: a stand-in who comes
 * anyway, or none. `decided`: it was decided before. `replaced`: somebody stands in for them.
 */
export type Refusal =
  | 'not_yours'
  | 'closed'
  | 'not_completed'
  | 'completed'
  | 'empty'
  | 'not_read_back'
  | 'unread'
  | 'not_missing'
  | 'own'
  | 'stand_in'
  | 'decided'
  | 'replaced'
  | 'no_item';

export type Moved = { readonly progress: Progress } | { readonly refused: Refusal };

/** One move at `now` (epoch ms). Pure; whoever stores what it says must hold the handover's row. */
export function moved(before: Progress, move: Move, now: number): Moved {
  if (ended(before)) return { refused: 'closed' };
  const after = step(before, move, now);
  return typeof after === 'string' ? { refused: after } : { progress: settled(after) };
}

/** Of the sections that must be written (§4 handover 2) those that are not; 「无」 is written. */
export function missingSections(sections: Sections, required: readonly Section[]): Section[] {
  return required.filter((section) => !sections[section]?.trim());
}

function step(before: Progress, move: Move, now: number): Progress | Refusal {
  switch (move.do) {
    case 'complete':
      if (!move.leads && !before.outgoing.includes(move.by)) return 'not_yours';
      if (before.state !== 'open') return 'completed';
      if (move.missing.length > 0) return 'empty';
      return { ...before, state: 'completed', items: [...new Set([...before.items, ...move.open])] };
    case 'carry':
      if (before.state === 'open') return 'not_completed';
      return { ...before, items: [...new Set([...before.items, move.itemId])] };
    case 'readBack':
      return readBack(before, move.by, move.itemId);
    case 'accept':
      return accept(before, move.by, move.unread, now);
    case 'decide':
      return decide(before, move, now);
  }
}

function readBack(before: Progress, by: string, itemId: string): Progress | Refusal {
  const own = before.incoming.find(({ personId }) => personId === by);
  if (!own) return 'not_yours';
  if (before.state === 'open') return 'not_completed';
  if (!before.items.includes(itemId)) return 'no_item';
  return withIncoming(before, { ...own, readBack: [...new Set([...own.readBack, itemId])] });
}

function accept(before: Progress, by: string, unread: number, now: number): Progress | Refusal {
  const own = before.incoming.find(({ personId }) => personId === by);
  if (!own) return 'not_yours';
  if (before.decisions.some(({ kind, missingId }) => kind === 'stand_in' && missingId === by))
    return 'replaced';
  if (before.state === 'open') return 'not_completed';
  if (leftToReadBack(before, by).length > 0) return 'not_read_back';
  if (unread > 0) return 'unread';
  return withIncoming(before, { ...own, acceptedAt: own.acceptedAt ?? now });
}

function decide(
  before: Progress,
  { by, leads, missingId, kind, standInId, note }: Extract<Move, { do: 'decide' }>,
  now: number,
): Progress | Refusal {
  const { incoming, decisions } = before;
  if (!leads) return 'not_yours';
  if (missingId === by) return 'own';
  if (decisions.some((each) => each.missingId === missingId)) return 'decided';
  const missing = incoming.find(({ personId }) => personId === missingId);
  if (missingId === null ? incoming.length > 0 : !missing || missing.acceptedAt !== null)
    return 'not_missing';
  const comes = incoming.some(({ personId }) => personId === standInId);
  if (kind === 'stand_in' ? standInId === null || comes : standInId !== null) return 'stand_in';
  const decision = { missingId, kind, standInId, by, at: now, note };
  const came = standInId === null ? [] : [{ personId: standInId, acceptedAt: null, readBack: [] }];
  return { ...before, decisions: [...decisions, decision], incoming: [...incoming, ...came] };
}

function withIncoming(before: Progress, changed: Progress['incoming'][number]): Progress {
  const { incoming } = before;
  return {
    ...before,
    incoming: incoming.map((each) => (each.personId === changed.personId ? changed : each)),
  };
}

/** Ends a completed handover once nobody is waited for. */
function settled(progress: Progress): Progress {
  if (progress.state !== 'completed' || waitedFor(progress).length > 0) return progress;
  const { incoming, decisions } = progress;
  // Nobody comes at all: only a word of the leader lets those go who are there.
  if (incoming.length === 0 && decisions.length === 0) return progress;
  return { ...progress, state: decisions.length > 0 ? 'decided' : 'accepted' };
}

export function ended({ state }: Pick<Progress, 'state'>): boolean {
  return state === 'accepted' || state === 'decided';
}

/** Who is to come and has neither accepted nor been decided about. */
export function waitedFor({ incoming, decisions }: Pick<Progress, 'incoming' | 'decisions'>): string[] {
  const decided = new Set(decisions.map(({ missingId }) => missingId));
  return incoming
    .filter(({ personId, acceptedAt }) => acceptedAt === null && !decided.has(personId))
    .map(({ personId }) => personId);
}

/** Items that this person has still to read back. */
export function leftToReadBack(
  { incoming, items }: Pick<Progress, 'incoming' | 'items'>,
  by: string,
): string[] {
  const own = incoming.find(({ personId }) => personId === by);
  return items.filter((id) => !own?.readBack.includes(id));
}

/** Who answers for the desk at `now`: until it has ended those who go (§4 handover 4), then those who accepted. */
export function responsible(progress: Progress, now: number): readonly string[] {
  const { outgoing, incoming, changeAt } = progress;
  if (!ended(progress) || now < changeAt) return outgoing;
  return incoming.filter(({ acceptedAt }) => acceptedAt !== null).map(({ personId }) => personId);
}

/** Whether the leader is to be told: so long after the change and it has not ended. The minute itself is due. */
export function alertDue(
  progress: Pick<Progress, 'state' | 'changeAt'>,
  alertMinutes: number,
  now: number,
): boolean {
  return !ended(progress) && now >= progress.changeAt + alertMinutes * 60_000;
}
