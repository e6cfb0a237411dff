import { open, type Step, type Values } from '../../../dialog/form/index.ts';
import { t } from '../../../i18n/index.ts';
import { peopleById, peopleInPosts } from '../../../people/directory.ts';
import type { PolicyVersion } from '../../../policy/versions.ts';
import { insteadOf } from '../../leave/away.ts';
import { ladderAbove } from '../../leave/ladder.ts';
import { goOn, sayStep, type Talk, versionOf } from '../../talk.ts';
import { MATTER_CARD, MATTER_TASK, matterCard, pressable } from './card.ts';
import { carrierNamed } from './carrier.ts';
import { levelIn, type MatterContext, matterForm, stepNamed, urgencyOf } from './form.ts';
import { raiseMatter } from './keep.ts';
import { moveInWords } from './press.ts';
import { type MatterSaid, readMatter } from './read.ts';
import { type MatterRecord, matterById, matterByNo, mattersOf, mattersToAnswer } from './record.ts';
import { followers, isAsked } from './rules.ts';
import { matterText, standingText } from './words.ts';

/** Opens the form with what the sentence says already: the matter, the suggestion, how urgent, to whom. */
export async function askReport(text: string, talk: Talk): Promise<void> {
  const version = talk.parts.policy();
  const context = await contextOf(talk, version, text);
  if (context.steps.length === 0) return talk.turn.say('answer', t(talk.locale, 'matter.nobody_above'));
  await go(open(matterForm, version.id, context, text), talk, context, version);
}

/** Gives a message to the open form. @returns what is left to be handled as an ordinary message */
export async function continueReport(
  text: string,
  talk: Talk,
  command: (() => Promise<void>) | undefined,
): Promise<string | undefined> {
  const state = talk.memory.form;
  const version = state && (await versionOf(talk, state.policy));
  if (!state || !version) {
    delete talk.memory.form;
    return text;
  }
  const context = await contextOf(talk, version);
  const form = matterForm;
  return goOn(text, talk, { form, state, context, command, go: (next) => go(next, talk, context, version) });
}

async function contextOf(talk: Talk, { policy }: PolicyVersion, text = ''): Promise<MatterContext> {
  const { turn, locale, person } = talk;
  const { ranks, deputies } = policy.people;
  const { sql } = turn.unit;
  const holders = await peopleInPosts(sql, { roles: ranks, numbers: Object.values(deputies).flat() });
  const steps = ladderAbove(person, holders, policy);
  const leaders = await peopleById(
    sql,
    steps.map(({ approverId }) => approverId),
  );
  const said = readMatter(text);
  const to = said?.do === 'report' ? said.to : undefined;
  const named = to !== undefined && stepNamed(to, { steps, leaders, locale }) !== undefined;
  return { now: turn.now, locale, policy, steps, leaders, named };
}

async function go(next: Step, talk: Talk, context: MatterContext, version: PolicyVersion): Promise<void> {
  if (next.state) talk.memory.form = next.state;
  else delete talk.memory.form;
  sayStep(talk, next);
  if (next.result === 'done' && next.values) await handIn(next.values, talk, context, version);
}

async function handIn(
  values: Values,
  talk: Talk,
  context: MatterContext,
  { id: policyId }: PolicyVersion,
): Promise<void> {
  const { turn, parts, person, locale, memory } = talk;
  const { problem, suggestion } = values;
  const matter = {
    ...{ reporterId: person.id, policyId, urgency: urgencyOf(values), steps: context.steps },
    ...{ problem: String(problem), suggestion: String(suggestion ?? ''), level: levelIn(values, context) },
  };
  const record = await raiseMatter(turn.unit, parts, matter, turn.now);
  memory.done = { matterId: record.id };
  await sayReported(record.id, talk);
  if (record.firstLevel > 0) turn.say('form', t(locale, 'matter.will_tell_skipped'));
}

/** What its reporter reads: its number, and with whom it is. */
export async function sayReported(id: string, { turn, locale, reader }: Talk): Promise<boolean> {
  const record = await matterById(turn.unit.sql, id);
  if (!record) return false;
  const words = { matter: matterText(record, reader), standing: standingText(record, reader) };
  turn.say('form', t(locale, 'matter.reported_done', words));
  return true;
}

/** 我的请示, 待我批示: what waits for this colleague's word on its card, then their own. */
export async function showMatters(_text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const waiting = await waitingFor(talk);
  for (const record of waiting) await sayAsking(record, talk, t(locale, 'matter.waiting'));
  const own = await mattersOf(turn.unit.sql, person.id);
  const lines = own.map((record) =>
    t(locale, 'matter.own', { matter: matterText(record, reader), standing: standingText(record, reader) }),
  );
  if (lines.length > 0) turn.say('answer', t(locale, 'matter.own_list', { list: lines.join('\n') }));
  else if (waiting.length === 0) turn.say('answer', t(locale, 'matter.none'));
}

/** Those at whose level this colleague may say a word now. */
export async function waitingFor({ turn, parts, person }: Talk): Promise<MatterRecord[]> {
  const found: MatterRecord[] = [];
  for (const record of await mattersToAnswer(turn.unit.sql, person.id)) {
    const instead = await insteadOf(turn.unit.sql, record, parts.policy().policy, turn.now);
    if (isAsked(record, person.id, instead)) found.push(record);
  }
  return found;
}

/** Says a leader's card. */
export async function sayAsking(record: MatterRecord, talk: Talk, text: string): Promise<void> {
  const { turn, person, reader } = talk;
  const at = { conversationId: turn.conversation.id, personId: person.id, now: turn.now };
  turn.say('notice', text, { card: await pressable(turn.unit, MATTER_CARD, record, reader, at) });
}

/** Says the card of an instruction to who follows it; once it is carried out, without buttons. */
export async function sayTask(record: MatterRecord, talk: Talk, text: string): Promise<void> {
  const { turn, person, reader } = talk;
  const at = { conversationId: turn.conversation.id, personId: person.id, now: turn.now };
  const open = record.state === 'instructed';
  const card = open
    ? await pressable(turn.unit, MATTER_TASK, record, reader, at)
    : matterCard(record, reader);
  turn.say('notice', text, { card });
}

type Word = Exclude<MatterSaid, { do: 'report' | 'list' }>;

/** 批示, 上报: a leader's word; what stands after the slash is an instruction. */
export function instructTyped(text: string, talk: Talk): Promise<void> {
  const said = readMatter(text);
  return wordTyped(said && isWord(said) ? said : readMatter(`批示 ${text}`), talk);
}

/** 收到, 保留意见, 办结: of who follows an instruction; after the slash, how it was carried out. */
export function followTyped(text: string, talk: Talk): Promise<void> {
  const said = readMatter(text);
  return wordTyped(said && isWord(said) ? said : readMatter(`办结 ${text}`), talk);
}

export const isWord = (said: MatterSaid): said is Word => said.do !== 'report' && said.do !== 'list';

async function wordTyped(said: MatterSaid | undefined, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  if (!said || !isWord(said)) return showMatters('', talk);
  const { max } = parts.policy().policy.reporting.characters;
  if (said.text.length > max) return turn.say('answer', t(locale, 'matter.too_long', { max }));
  const meant = await matterMeant(said, talk);
  if (!meant) return;
  const carrierId = said.do === 'answer' ? await carrierNamed(turn.unit.sql, said.text, person) : null;
  if (carrierId === 'several') return turn.say('answer', t(locale, 'matter.which_carrier'));
  const { do: move, text } = said;
  const asked = move === 'answer' ? { do: move, text, carrierId } : { do: move, text };
  const moving = { id: meant.id, by: person.id, asked, reader };
  const kept = await moveInWords(turn.unit, parts, moving, turn.now);
  if ('refused' in kept) return turn.say('answer', t(locale, `matter.refused_${kept.refused}`));
  const words = { matter: matterText(kept.record, reader), standing: standingText(kept.record, reader) };
  turn.say('answer', t(locale, `matter.done_${kept.word.kind}`, words));
}

/** The matter of that number; without one, the only one that it can be. */
async function matterMeant(said: Word, talk: Talk): Promise<MatterRecord | undefined> {
  const { turn, person, locale, reader } = talk;
  if (said.no !== undefined) {
    const found = await matterByNo(turn.unit.sql, said.no);
    if (!found) turn.say('answer', t(locale, 'matter.unknown', { no: said.no }));
    return found;
  }
  const leading = said.do === 'answer' || said.do === 'pass';
  const all = leading
    ? await waitingFor(talk)
    : (await mattersOf(turn.unit.sql, person.id)).filter(
        (record) => record.state === 'instructed' && followers(record).includes(person.id),
      );
  const [only, ...more] = all;
  if (only && more.length === 0) return only;
  const list = all.map((record) => matterText(record, reader)).join('\n');
  turn.say('answer', only ? t(locale, 'matter.which', { list }) : t(locale, 'matter.none_waiting'));
  return undefined;
}
