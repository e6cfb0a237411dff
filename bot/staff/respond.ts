import type { Turn } from '../conversation/turn.ts';
import { languageOf } from '../customer/language.ts';
import type { CardHandler, Cards } from '../dialog/cards.ts';
import { localeOf, t } from '../i18n/index.ts';
import { personById } from '../people/directory.ts';
import { AWAY_CARD, awayCardHandler } from './attendance/away-card.ts';
import { ROLL_CARD, rollCardHandler } from './attendance/roll-card.ts';
import { commandIn, helpText, runCommand } from './commands.ts';
import { MATTER_CARD, MATTER_TASK } from './duty/matters/card.ts';
import { MATTER_FORM } from './duty/matters/form.ts';
import { matterCardHandler } from './duty/matters/press.ts';
import { continueReport, sayReported } from './duty/matters/talk.ts';
import { continueHandover, HANDOVER_FORM } from './handover/form.ts';
import { sayWord } from './inbox.ts';
import { leaveCardHandler } from './leave/approve.ts';
import { LEAVE_CARD } from './leave/card.ts';
import { CERTIFICATE_CARD, certificateCardHandler } from './leave/certificate-card.ts';
import { continueCertificate, takeFiles } from './leave/later.ts';
import { leaveById } from './leave/record.ts';
import { continueLeave } from './leave/talk.ts';
import { leaveText, standingText } from './leave/words.ts';
import { askToLink } from './link.ts';
import { MEETING_CARD, meetingCardHandler } from './meetings/card.ts';
import { NOTICE_CARD, noticeCardHandler } from './notices/card.ts';
import type { StaffParts } from './parts.ts';
import { readSlash } from './slash.ts';
import { ASK_CARD, askCardHandler, CALL_CARD, callCardHandler } from './surge/card.ts';
import { SWAP_ACTION, SWAP_CARD } from './swap/card.ts';
import { swapCardHandler } from './swap/press.ts';
import { sayHandedIn } from './swap/say.ts';
import { continueSwap } from './swap/talk.ts';
import { type Talk, talkOf } from './talk.ts';

/**
 * What the staff bot 内部助手 does in a turn of a colleague's chat: words from elsewhere first, then what was written,
 * message by message: for the open form, a command, or a sentence that asks for something.
 */
export function staffResponder(parts: StaffParts): (turn: Turn) => Promise<void> {
  return async (turn) => {
    const { staffId } = turn.conversation;
    if (!staffId) return askToLink(turn, parts);
    const person = await personById(turn.unit.sql, staffId);
    if (!person) return turn.say('notice', t(localeOf(turn.locale), 'staff.gone'));
    const talk = talkOf(turn, parts, person);
    for (const word of turn.inbox) await sayWord(word, talk);
    for (const { text, files = [] } of turn.heard) {
      if (files.length > 0 && (await takeFiles(files, text, talk))) continue;
      if (talk.memory.certificate && (await continueCertificate(text, talk))) continue;
      await hear(text, talk);
    }
  };
}

/** What the staff bot does when its turn failed for good: nobody at the desk can help, so it says so. */
export async function staffFallback(turn: Turn): Promise<void> {
  turn.say('notice', t(localeOf(turn.locale), 'staff.failed'));
}

/** The cards of the staff's side: what pressing them does, whether by a button or by a word. */
export function registerStaffCards(cards: Cards, parts: StaffParts): void {
  for (const [kind, handler] of Object.entries(handlers(parts))) cards.register(kind, handler);
}

const handlers = (parts: StaffParts): Record<string, CardHandler> => ({
  [LEAVE_CARD]: leaveCardHandler(parts),
  [NOTICE_CARD]: noticeCardHandler(parts),
  [CERTIFICATE_CARD]: certificateCardHandler(parts),
  [SWAP_CARD]: swapCardHandler(parts),
  [SWAP_ACTION]: swapCardHandler(parts),
  [CALL_CARD]: callCardHandler(parts),
  [ASK_CARD]: askCardHandler(parts),
  [AWAY_CARD]: awayCardHandler(parts),
  [ROLL_CARD]: rollCardHandler(parts),
  [MEETING_CARD]: meetingCardHandler(parts),
  [MATTER_CARD]: matterCardHandler(parts, MATTER_CARD),
  [MATTER_TASK]: matterCardHandler(parts, MATTER_TASK),
});

const GO_ON: Record<string, typeof continueLeave> = {
  swap: continueSwap,
  [HANDOVER_FORM]: continueHandover,
  [MATTER_FORM]: continueReport,
};

const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

async function hear(said: string, talk: Talk): Promise<void> {
  const { memory, turn } = talk;
  // What fills a form tells no language: a reason in Latin letters must not turn it into English. Nor does a button's id.
  if (!memory.form) turn.locale = languageOf(said.replace(ID, '')) ?? turn.locale;
  let text: string | undefined = said;
  if (memory.form) {
    const found = commandIn(said, talk);
    const between =
      found && found.name !== memory.form.form ? () => runCommand(found, said, talk) : undefined;
    // 「/leave 明天」 while the form is open answers it.
    const goOn = GO_ON[memory.form.form] ?? continueLeave;
    text = await goOn(readSlash(said)?.rest || said, talk, between);
    if (text === undefined) return;
  }
  const command = commandIn(text, talk);
  if (command) return runCommand(command, text, talk);
  if (await smallTalk(text, talk)) return;
  turn.say('unknown', t(talk.locale, 'staff.unknown', { commands: helpText(talk) }));
}

const GREETING =
  /^(?:你好|您好|嗨|哈喽|在吗|在不在|早|早上好|上午好|中午好|下午好|晚上好|hi|hello|hey|good (?:morning|afternoon|evening))[\s.。!！~～呀啊]*$/iu;
const THANKS =
  /^(?:谢谢|谢了|多谢|感谢|辛苦了|好的?|知道了|收到|thanks?(?: you)?|ok(?:ay)?|got it)[\s.。!！你您了啦~～]*$/iu;
const CONFIRM = /^(?:确认提交|提交|confirm and submit)$/iu;
const FORM_WORDS = /^(?:取消|放弃|修改|保持不变|跳过|返回上一步|继续填写|cancel|discard|back|change)$/iu;

/** Words that ask for nothing, and buttons of a form that is closed. */
async function smallTalk(text: string, talk: Talk): Promise<boolean> {
  const { turn, locale, person, memory, reader } = talk;
  const said = text.normalize('NFKC').trim();
  if (CONFIRM.test(said) && memory.done) {
    if ('swapId' in memory.done) return sayHandedIn(memory.done.swapId, talk);
    if ('matterId' in memory.done) return sayReported(memory.done.matterId, talk);
    const record = await leaveById(turn.unit.sql, memory.done.requestId);
    const words = record && { leave: leaveText(record, reader), standing: standingText(record, reader) };
    if (words) turn.say('answer', t(locale, 'leave.already', words));
    return words !== undefined;
  }
  if (FORM_WORDS.test(said)) turn.say('answer', t(locale, 'staff.nothing_to_cancel'));
  else if (THANKS.test(said)) turn.say('answer', t(locale, 'staff.welcome'));
  else if (GREETING.test(said))
    turn.say('answer', t(locale, 'staff.hello', { name: person.name, commands: helpText(talk) }));
  else return false;
  return true;
}
