import { t } from '../i18n/index.ts';
import { codeIn, madeHere, makeCode, mayTry, takeCode, wrongTry } from '../linking/codes.ts';
import { join, undoJoin } from '../linking/customers.ts';
import { tellCustomer } from './say.ts';
import type { Talk } from './talk.ts';

const ASK =
  /^(?:我?要?(?:绑定|合并)(?:其他|另一个|两个)?(?:渠道|帐号|账号|号码)?|link(?: (?:my )?(?:other )?(?:channel|account)s?)?)[。.!！]?$/i;
const GIVE = /^(?:绑定|合并|link)\D{0,6}\d{8}\D{0,3}$/i;
const UNDO = /^(?:解除绑定|取消绑定|解绑|撤销合并|unlink)[。.!！]?$/i;

/** What a customer may say to have their channels joined 绑定, or parted again; undefined where it is nothing of it. */
export function joining(talk: Talk, text: string): (() => Promise<void>) | undefined {
  const said = text.normalize('NFKC').trim();
  if (said.length > 40) return undefined;
  const act = actOf(talk, said);
  // A group is nobody's: joined, its members would read of one customer's tickets.
  const grouped = talk.turn.heard.some(({ sender }) => sender !== undefined);
  return act && grouped ? async () => say(talk, t(talk.locale, 'channel.not_in_group')) : act;
}

function actOf(talk: Talk, said: string): (() => Promise<void>) | undefined {
  if (ASK.test(said)) return () => giveCode(talk);
  if (GIVE.test(said)) return () => redeem(talk, said);
  return UNDO.test(said) ? () => undo(talk) : undefined;
}

async function giveCode(talk: Talk): Promise<void> {
  const { turn, parts, policy } = talk;
  const { linkMinutes: minutes } = policy.contact;
  const { addressId } = turn.conversation;
  const code = await makeCode(turn.unit.sql, parts.vault, { addressId }, { now: turn.now, minutes });
  say(talk, t(talk.locale, 'channel.join_code', { code, minutes }));
}

async function redeem(talk: Talk, said: string): Promise<void> {
  const { turn, parts, memory, locale } = talk;
  const { unit, conversation, now } = turn;
  if (!mayTry(memory, now)) return say(talk, t(locale, 'channel.too_many_codes'));
  const code = codeIn(said) ?? '';
  if (await madeHere(unit.sql, parts.vault, code, conversation.addressId))
    return say(talk, t(locale, 'channel.join_same'));
  const other = await takeCode(unit.sql, parts.vault, code, 'address', now);
  if (!other) {
    wrongTry(memory, now);
    return say(talk, t(locale, 'channel.join_wrong'));
  }
  const joined = await join(unit.sql, conversation.addressId, other, now);
  if (joined === 'joined') await record(talk, 'customer.join');
  say(talk, t(locale, joined === 'joined' ? 'channel.join_done' : 'channel.join_already'));
}

async function undo(talk: Talk): Promise<void> {
  const { turn, locale } = talk;
  const undone = await undoJoin(turn.unit.sql, turn.conversation.addressId, turn.now);
  if (undone) await record(talk, 'customer.part');
  say(talk, t(locale, undone ? 'channel.join_undone' : 'channel.join_none'));
}

function record({ turn, parts }: Talk, action: 'customer.join' | 'customer.part'): Promise<void> {
  const { id: objectId } = turn.conversation;
  return parts.audit(turn.unit, { actor: { kind: 'customer' }, action, object: 'conversation', objectId });
}

function say(talk: Talk, text: string): void {
  tellCustomer(talk, 'answer', text);
  talk.turn.note('notice');
}
