import { isNamed } from '../../leave/decide.ts';
import type { LadderStep } from '../../leave/ladder.ts';
import type { MatterProgress, MatterState, MatterWord, Urgency, WordKind } from './types.ts';

/**
 * What somebody does about a matter. `answer`: the leader's word: an instruction 批示, or, on an objection, the ruling.
 * `instead`: who may answer in the approver's place now (deputies while they are away, the level above once escalated).
 */
export type MatterMove =
  | {
      readonly do: 'answer';
      readonly by: string;
      readonly text: string;
      readonly instead: readonly string[];
      /** Who is to carry it out; null: the reporter. */
      readonly carrierId: string | null;
    }
  | {
      readonly do: 'pass';
      readonly by: string;
      readonly text: string;
      readonly instead: readonly string[];
    }
  | { readonly do: 'acknowledge' | 'object' | 'done'; readonly by: string; readonly text: string };

/**
 * Why it is not done. `not_yours`: neither the level's nor whoever follows it. `answered`: the level has had its answer.
 * `top`: nobody is above. `not_instructed`: nothing to follow yet. `closed`: it has ended. `said`: said before.
 * `carried_out`: a different opinion comes before, not after. `not_carrier`: somebody else carries it out. `carrier`: whoever
 * was named can't be told to by this leader.
 */
export type MatterRefusal =
  | 'not_yours'
  | 'answered'
  | 'top'
  | 'not_instructed'
  | 'closed'
  | 'said'
  | 'carried_out'
  | 'not_carrier'
  | 'carrier';

export type MatterMoved =
  | { readonly progress: MatterProgress; readonly word: MatterWord }
  | { readonly refused: MatterRefusal };

/**
 * Where a matter begins (RULEBOOK §4: level by level, an emergency may skip). `to` is the step that was asked for;
 * `skips`: it would skip levels and is no emergency. Undefined `to`: the direct leader.
 */
export function startOf(
  steps: readonly LadderStep[],
  to: string | undefined,
  urgency: Urgency,
  maySkip: readonly Urgency[],
): { readonly level: number } | { readonly refused: 'skips' } {
  const level = Math.max(
    0,
    steps.findIndex(({ approverId }) => approverId === to),
  );
  return level > 0 && !maySkip.includes(urgency) ? { refused: 'skips' } : { level };
}

/** One move at `now` (epoch ms). Pure; whoever stores it must hold the matter's row. */
export function moveMatter(before: MatterProgress, move: MatterMove, now: number): MatterMoved {
  switch (move.do) {
    case 'answer':
      return answer(before, move, now);
    case 'pass':
      return pass(before, move, now);
    default:
      return follow(before, move, now);
  }
}

const said = (
  before: MatterProgress,
  change: Partial<MatterProgress>,
  word: Omit<MatterWord, 'level'>,
): MatterMoved => {
  const { level } = before;
  const whole = { ...word, level };
  return { word: whole, progress: { ...before, ...change, words: [...before.words, whole] } };
};

type Leading = Extract<MatterMove, { do: 'answer' | 'pass' }>;

/** Why the level's word isn't theirs to say; undefined: it is. */
function notLeading(before: MatterProgress, { by, instead }: Leading): MatterRefusal | undefined {
  const { state, steps, level, reporterId, words } = before;
  const step = steps[level];
  // Nobody rules on their own objection.
  if (words.some(({ kind, by: whose }) => kind === 'object' && whose === by)) return 'not_yours';
  // The frozen ladder never names them; should it, through a fault or a forged card, this line holds.
  if (by === reporterId || !steps.some((each) => isNamed(each, by))) return 'not_yours';
  if (state === 'closed') return 'closed';
  if (state === 'instructed') return 'answered';
  if (step?.approverId === by || instead.includes(by)) return undefined;
  return steps.some((each) => each.level < level && isNamed(each, by)) ? 'answered' : 'not_yours';
}

function answer(
  before: MatterProgress,
  move: Extract<MatterMove, { do: 'answer' }>,
  now: number,
): MatterMoved {
  const { by, text, carrierId } = move;
  const refused = notLeading(before, move);
  if (refused) return { refused };
  if (before.state === 'objected')
    return said(before, { state: 'closed' }, { kind: 'rule', by, text, at: now });
  const carrier = carrierId ?? before.reporterId;
  // Nobody instructs themselves, their equals or those above.
  const above = before.steps.some(({ level, approverId }) => level >= before.level && approverId === carrier);
  if (carrier === by || above) return { refused: 'carrier' };
  const told = {
    carrierId: carrier,
    skippedToldAt: before.skippedToldAt ?? (skippedOf(before).length > 0 ? now : null),
  };
  return said(before, { state: 'instructed', ...told }, { kind: 'instruct', by, text, at: now });
}

function pass(before: MatterProgress, move: Leading, now: number): MatterMoved {
  const refused = notLeading(before, move);
  if (refused) return { refused };
  const next = nextLevel(before.steps, before.level);
  if (next === undefined) return { refused: 'top' };
  return said(before, { level: next }, { kind: 'pass', by: move.by, text: move.text, at: now });
}

const nextLevel = (steps: readonly LadderStep[], level: number) =>
  level + 1 < steps.length ? level + 1 : undefined;

type Following = Extract<MatterMove, { do: 'acknowledge' | 'object' | 'done' }>;

function follow(before: MatterProgress, { do: kind, by, text }: Following, now: number): MatterMoved {
  const { state, carrierId } = before;
  if (!followers(before).includes(by)) return { refused: 'not_yours' };
  if (state === 'waiting') return { refused: 'not_instructed' };
  const already = before.words.some((word) => word.kind === kind && (word.by === by || kind === 'done'));
  if (already) return { refused: 'said' };
  // Who never said that they had read it may still say so.
  if (kind === 'acknowledge') return said(before, {}, { kind, by, text, at: now });
  if (state !== 'instructed') return { refused: kind === 'object' ? 'carried_out' : 'closed' };
  if (kind === 'object') return said(before, {}, { kind, by, text, at: now });
  if (by !== carrierId) return { refused: 'not_carrier' };
  return said(before, afterDone(before), { kind, by, text, at: now });
}

/** Carried out: an objection goes up now, and not before; with nobody above it stays on record. */
function afterDone(before: MatterProgress): { state: MatterState; level?: number } {
  const { steps, words } = before;
  const above = nextLevel(steps, answeredAt(before));
  if (above === undefined || !words.some(({ kind }) => kind === 'object')) return { state: 'closed' };
  return { state: 'objected', level: above };
}

/** The level whose word counts: of a level above, should its holder have answered in the place of a lower one. */
function answeredAt({ steps, words, level }: MatterProgress): number {
  const instruction = words.find(({ kind }) => kind === 'instruct');
  const own = steps.find(({ approverId }) => approverId === instruction?.by);
  return Math.max(level, own?.level ?? level);
}

/** Who has to follow an instruction: the reporter, and who carries it out. */
export function followers({
  reporterId,
  carrierId,
}: Pick<MatterProgress, 'reporterId' | 'carrierId'>): string[] {
  return [...new Set([reporterId, carrierId])];
}

/** Followers who have not acknowledged the instruction; carrying it out says as much. */
export function unacknowledged(progress: MatterProgress): string[] {
  if (progress.state === 'waiting') return [];
  const kinds: readonly WordKind[] = ['acknowledge', 'done'];
  const heard = progress.words.filter(({ kind }) => kinds.includes(kind)).map(({ by }) => by);
  return followers(progress).filter((id) => !heard.includes(id));
}

/** Whom an emergency passed over: they are told afterwards, by the system itself. */
export function skippedOf({
  steps,
  firstLevel,
}: Pick<MatterProgress, 'steps' | 'firstLevel'>): readonly LadderStep[] {
  return steps.slice(0, firstLevel);
}

/** Whether those who were skipped are to be told by the clock: no instruction came for so long. The minute itself is due. */
export function tellSkippedDue(
  progress: Pick<MatterProgress, 'steps' | 'firstLevel' | 'skippedToldAt'>,
  createdAt: number,
  minutes: number,
  now: number,
): boolean {
  return (
    skippedOf(progress).length > 0 && progress.skippedToldAt === null && now >= createdAt + minutes * 60_000
  );
}

/** Whether the level is to be reminded: `reminders` were sent before. However long nobody ran, it is one. */
export function reminderDue(
  { askedAt, reminders }: { readonly askedAt: number; readonly reminders: number },
  { every, most }: { readonly every: number; readonly most: number },
  now: number,
): number | undefined {
  const count = Math.min(most, Math.floor((now - askedAt) / (every * 60_000)));
  return count > reminders ? count : undefined;
}

/** Whether this colleague's word is what the matter waits for. */
export function isAsked(progress: MatterProgress, by: string, instead: readonly string[]): boolean {
  return notLeading(progress, { do: 'pass', by, text: '', instead }) === undefined;
}
