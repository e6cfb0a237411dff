import type { Turn } from '../conversation/turn.ts';
import { languageOf } from '../customer/language.ts';
import { localeOf, t } from '../i18n/index.ts';
import { codeIn, mayTry, type Tries, takeCode, wrongTry } from '../linking/codes.ts';
import { link } from '../linking/colleagues.ts';
import { personById } from '../people/directory.ts';
import type { StaffParts } from './parts.ts';

/**
 * A staff account's chat with somebody that we don't know: nothing works but the code that makes it a colleague's, as
 * the console gave it to them.
 */
export async function askToLink(turn: Turn, { vault, audit }: StaffParts): Promise<void> {
  const { unit, conversation, now } = turn;
  const tries = turn.state as Tries;
  const said = turn.heard.at(-1)?.text ?? '';
  turn.locale = languageOf(said) ?? turn.locale;
  const locale = localeOf(turn.locale);
  if (turn.heard.length === 0) return turn.say('notice', t(locale, 'channel.joined_staff'));
  const code = codeIn(said);
  // A group is nobody's: linked, everybody in it would be the colleague.
  if (turn.heard.some(({ sender }) => sender !== undefined))
    return turn.say('notice', t(locale, 'channel.not_in_group'));
  if (!code) return turn.say('notice', t(locale, 'channel.link_unlinked'));
  if (!mayTry(tries, now)) return turn.say('notice', t(locale, 'channel.too_many_codes'));
  const personId = await takeCode(unit.sql, vault, code, 'person', now);
  const person = personId && (await personById(unit.sql, personId));
  if (!person) {
    wrongTry(tries, now);
    return turn.say('notice', t(locale, 'channel.link_wrong'));
  }
  if ((await link(unit.sql, conversation.addressId, person.id)) === 'taken')
    return turn.say('notice', t(locale, 'channel.link_taken'));
  const actor = { kind: 'person' as const, id: person.id };
  const { id: objectId } = conversation;
  await audit(unit, { actor, action: 'channel.link', object: 'conversation', objectId });
  turn.say('notice', t(locale, 'channel.linked_staff', { name: person.name }));
}
