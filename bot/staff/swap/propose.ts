import type { Unit } from '../../../prisma/client.ts';
import type { Values } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import { readerOf } from '../leave/words.ts';
import type { StaffParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { holdRosters } from '../roster/apply.ts';
import { loadSwapDesk, wholeShift } from './desk.ts';
import { explainSwap } from './explain.ts';
import { whoCan } from './find.ts';
import { insertSwap } from './keep.ts';
import { ANYONE, backIn, partnerIn, type SwapContext, shiftIn } from './options.ts';
import { AROUND_MS, moved, type Proposal, recheck } from './recheck.ts';
import type { SwapRecord } from './record.ts';

export type Proposed = { readonly record: SwapRecord } | { readonly refused: string };

/**
 * Proposes a swap, within the turn's transaction: checked once more with both rosters held, so that of two proposals
 * the second sees the first. The colleague gets a card; of a shift that is offered to all, those who may take it do.
 */
export async function proposeSwap(
  unit: Unit,
  parts: StaffParts,
  { values, context, version }: { values: Values; context: SwapContext; version: PolicyVersion },
): Promise<Proposed> {
  const { me, now, locale, policy } = context;
  const shift = shiftIn(values, context);
  const reason = String(values.reason ?? '');
  if (!shift) return { refused: t(locale, 'swap.roster_changed') };
  if (values.partner === ANYONE) return offerToAll(unit, parts, { shift, reason, context, version });
  const partner = partnerIn(values, context);
  const back = backIn(values, context) ?? null;
  if (!partner) return { refused: t(locale, 'swap.roster_changed') };
  const kind = back ? 'swap' : 'give';
  const proposal: Proposal = { kind, giverId: me.id, partnerId: partner.id, shift, back, reason };
  const found = await recheck(unit.sql, proposal, policy, now);
  if (found.gone) return { refused: t(locale, 'swap.roster_changed') };
  if (!found.seats) return { refused: t(locale, 'leave.no_approver') };
  const why = found.checks.verdicts.filter(({ result }) => result === 'refuse');
  const reader = readerOf(locale, policy, now);
  if (why.length > 0) return { refused: why.map((each) => explainSwap(each, reader)).join('\n') };
  const checked = { ...found, seats: found.seats };
  const swap = { ...proposal, requesterId: me.id, checked, policyId: version.id };
  const record = await insertSwap(unit, parts, swap, policy, now);
  await tellPeople(unit, parts, [partner.id], { kind: 'swap.ask', data: { swapId: record.id } }, now);
  return { record };
}

async function offerToAll(
  unit: Unit,
  parts: StaffParts,
  offer: { shift: Proposal['shift']; reason: string; context: SwapContext; version: PolicyVersion },
): Promise<Proposed> {
  const { reason, context, version } = offer;
  const { me, now, locale, policy } = context;
  await holdRosters(unit.sql, [me.id]);
  // Anew, now that it is held: what was proposed at the same moment counts.
  const window = { from: offer.shift.from - AROUND_MS, to: offer.shift.to + AROUND_MS };
  const desk = await loadSwapDesk(unit.sql, policy.swap, {
    ids: [me.id],
    jobType: me.jobType,
    ...window,
  });
  const shift = wholeShift(desk, me.id, offer.shift.shiftId);
  if (!shift || moved(shift, offer.shift)) return { refused: t(locale, 'swap.roster_changed') };
  const limits = { most: policy.swap.open.tell, backs: 0 };
  const wanted = { desk, policy: policy.swap, days: desk.days, now, me, shift };
  const able = whoCan(wanted, limits).filter(({ gives }) => gives);
  if (able.length === 0) return { refused: t(locale, 'swap.open_nobody', { shift: '' }) };
  const checked = { checks: { result: 'pass' as const, verdicts: [] }, versions: {}, seats: [] };
  const swap = {
    kind: 'give' as const,
    giverId: me.id,
    requesterId: me.id,
    partnerId: null,
    shift,
    back: null,
  };
  const record = await insertSwap(
    unit,
    parts,
    { ...swap, reason, checked, policyId: version.id },
    policy,
    now,
  );
  const ids = able.map(({ person }) => person.id);
  await tellPeople(unit, parts, ids, { kind: 'swap.ask', data: { swapId: record.id } }, now);
  return { record };
}
