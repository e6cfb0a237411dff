import { dateContext } from '../../dialog/dates/index.ts';
import { open, type Step, type Values } from '../../dialog/form/index.ts';
import { namesIn } from '../../dialog/names.ts';
import { t } from '../../i18n/index.ts';
import { everybody, peopleById } from '../../people/directory.ts';
import type { Person } from '../../people/person.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import { goOn, sayStep, type Talk, versionOf } from '../talk.ts';
import { loadSwapDesk } from './desk.ts';
import { swapForm } from './form.ts';
import type { SwapContext } from './options.ts';
import { proposeSwap } from './propose.ts';
import { understandSwap } from './understand.ts';
import { standingText, swapText } from './words.ts';

const DAY_MS = 86_400_000;
/** How far ahead a shift may lie that is swapped by chat, its return shift among them. */
const AHEAD_MS = 45 * DAY_MS;
const BACK_MS = 3 * DAY_MS;

function understood(text: string, { parts, turn }: Talk) {
  const { timeZone, businessDayStartsAt } = parts.policy().policy.centre;
  return understandSwap(text, dateContext(turn.now, timeZone, businessDayStartsAt));
}

/** True when a sentence asks for a swap. */
export function wantsSwap(text: string, talk: Talk): boolean {
  return understood(text, talk).wantsSwap;
}

/** Opens the swap form with what the sentence says already. */
export async function askSwap(text: string, talk: Talk): Promise<void> {
  const { partner, gives } = understood(text, talk);
  const whom = partner === undefined ? undefined : await colleague(partner, text, talk);
  if (whom === 'asked') return;
  talk.memory.swap = { gives, ...(whom && { partnerId: whom.id }) };
  const version = talk.parts.policy();
  const context = await contextOf(talk, version);
  // The form knows colleagues by their numbers, whatever they are called.
  const said = whom && partner ? text.replace(partner, whom.number) : text;
  if (context) await go(open(swapForm, version.id, context, said), talk, context, version);
}

/** Who is meant: a number, a name, or 小李; of several the colleague chooses. */
async function colleague(
  named: string,
  text: string,
  { turn, locale, person }: Talk,
): Promise<Person | 'asked'> {
  const found = await partnersNamed(named, turn.unit.sql, person);
  const others = found.filter(({ id }) => id !== person.id);
  const [only, ...more] = others;
  if (only && more.length === 0) return only;
  if (!only) {
    const why =
      found.length > 0 ? t(locale, 'swap.yourself') : t(locale, 'swap.whom_unknown', { name: named });
    turn.say('choices', why);
    return 'asked';
  }
  // Said again with the number in the name's place: nothing has to be kept until then.
  const actions = others.slice(0, 6).map(({ name, number }) => ({
    ...{ title: t(locale, 'swap.partner_option', { name, number }), value: text.replace(named, number) },
  }));
  turn.say('choices', t(locale, 'swap.which'), { actions });
  return 'asked';
}

/** The speaker too, who must be told that they can't swap with themselves; their own team first. */
async function partnersNamed(named: string, sql: Talk['turn']['unit']['sql'], { teamId }: Person) {
  return namesIn(named, await everybody(sql), { id: '', teamId })[0]?.people ?? [];
}

/**
 * Gives a message to the open swap form; `command` is what it would mean without the form.
 * @returns what is left to be handled as an ordinary message
 */
export async function continueSwap(
  text: string,
  talk: Talk,
  command: (() => Promise<void>) | undefined,
): Promise<string | undefined> {
  const state = talk.memory.form;
  const version = state && (await versionOf(talk, state.policy));
  const context = version && (await contextOf(talk, version));
  if (!state || !version || !context) {
    close(talk);
    return text;
  }
  const keep = (next: Step) => go(next, talk, context, version);
  return goOn(text, talk, { form: swapForm, state, context, command, go: keep });
}

async function go(next: Step, talk: Talk, context: SwapContext, version: PolicyVersion): Promise<void> {
  if (next.state) talk.memory.form = next.state;
  else close(talk);
  sayStep(talk, next);
  if (next.result === 'done' && next.values) await handIn(next.values, talk, context, version);
}

async function handIn(
  values: Values,
  talk: Talk,
  context: SwapContext,
  version: PolicyVersion,
): Promise<void> {
  const { turn, parts, memory, locale, reader } = talk;
  const proposed = await proposeSwap(turn.unit, parts, { values, context, version });
  if ('refused' in proposed)
    return turn.say('form', t(locale, 'swap.not_submitted', { why: proposed.refused }));
  const { record } = proposed;
  memory.done = { swapId: record.id };
  const standing = standingText(record, reader, turn.now);
  turn.say('form', t(locale, 'swap.submitted', { swap: swapText(record, reader), standing }));
}

function close({ memory }: Talk): void {
  delete memory.form;
  delete memory.swap;
}

async function contextOf(talk: Talk, { policy }: PolicyVersion): Promise<SwapContext | undefined> {
  const { turn, locale, person, memory } = talk;
  const { sql } = turn.unit;
  const [me] = await peopleById(sql, [person.id]);
  if (!me) return undefined;
  const { gives = false, partnerId } = memory.swap ?? {};
  const desk = await loadSwapDesk(sql, policy.swap, {
    ...{ ids: [person.id, ...(partnerId ? [partnerId] : [])], jobType: me.jobType },
    ...{ from: turn.now - BACK_MS, to: turn.now + AHEAD_MS },
  });
  return { now: turn.now, locale, policy, me, desk, gives, days: desk.days };
}
