import { t } from '../i18n/index.ts';
import { may } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import { ATTENDANCE_COMMANDS } from './attendance/commands.ts';
import { backAtDesk } from './attendance/talk.ts';
import { type Command, type CommandName, command, GROUPS } from './command.ts';
import { decideTyped, readDecision, showToDecide } from './deciding.ts';
import { DUTY_COMMANDS } from './duty/commands.ts';
import { readHandover } from './handover/read.ts';
import { showItems, showPast } from './handover/show.ts';
import { talkHandover, writeOrFill } from './handover/talk.ts';
import { extendTyped, reportBackTyped, showTeamLeaves } from './leave/later.ts';
import { adjustTyped, showBalances } from './leave/ledger-talk.ts';
import { askLeave, wantsLeave } from './leave/talk.ts';
import { MEETING_COMMANDS } from './meetings/commands.ts';
import { showNotices } from './notices/talk.ts';
import { showRequests, withdrawTyped } from './own.ts';
import type { StaffParts } from './parts.ts';
import { showMyShifts, showOnDuty, showTeamRoster } from './roster/talk.ts';
import { readSlash } from './slash.ts';
import { SURGE_COMMANDS } from './surge/commands.ts';
import { offerOpenShift } from './swap/open.ts';
import { showSwaps } from './swap/say.ts';
import { askSwap, wantsSwap } from './swap/talk.ts';
import type { Talk } from './talk.ts';

/**
 * All that the staff bot can do, in the order in which words are tried. A new command is a row here and its two
 * texts; help, permission, the platforms' lists of commands and the walking test follow from it.
 */
export const COMMANDS: readonly Command[] = [
  // First: what is reported may speak of leave or shifts.
  ...MEETING_COMMANDS,
  ...DUTY_COMMANDS,
  command(
    'toDecide',
    'card.press',
    /^(?:查?看?(?:一下)?)?(?:(?:有什么|有哪些)?(?:待我?|等我|需要我|要我)(?:的)?(?:审批|审核|批)(?:的?申请|的)?|待办|我的审批|审批列表|(?:waiting )?to (?:decide|approve)|(?:my )?(?:pending )?approvals|what(?:'s| is) waiting(?: for me)?)$/u,
    showToDecide,
    { slash: 'approvals', group: 'deciding' },
  ),
  command('decide', 'card.press', (text) => readDecision(text) !== undefined, decideTyped, {
    group: 'deciding',
  }),
  command(
    'withdraw',
    'leave.request',
    /^(?:撤回|撤销).{0,30}$|^取消.{0,20}(?:请假|申请|假条|请假单|的假)$|^(?:withdraw|take back|revoke)\b.{0,60}$|^cancel (?:my|the) (?:leave|request).{0,40}$/u,
    withdrawTyped,
    { group: 'leave' },
  ),
  command(
    'shifts',
    'roster.read',
    /^(?:查?看?(?:一下)?)?(?:(?:我|本人)(?!们).{0,16}?(?:的|这周|本周|下周|最近)*(?:班次|班表|排班|上?什么班|哪天上?班)|我?(?:什么时候|哪天)上班|(?:我的)?(?:班次|班表|排班)|my (?:shifts?|roster|schedule)(?: .{1,24})?|shifts|when do i work)$/u,
    showMyShifts,
    { group: 'roster' },
  ),
  command(
    'requests',
    'leave.request',
    /^(?:查?看?(?:一下)?)?(?:我的|本人的?)?(?:请假)?(?:申请|请假单|请假(?:记录|进度|情况|申请)|假条)(?:列表|进度|记录)?$|^我的(?:请假|假)$|^(?:我的?)?(?:请假|假).{0,4}(?:批[了没下]|结果|状态).{0,6}$|^my (?:requests?|leaves?|leave requests?)$|^requests$/u,
    showRequests,
    { group: 'leave' },
  ),
  command(
    'notices',
    'notice.read',
    /^(?:查?看?(?:一下)?)?(?:(?:我的|最新的?|未读的?|有什么|有哪些|有没有|有啥)?(?:新的?|未读的?)?(?:通知|通告|公告)(?:列表|吗)?|(?:my |any |new |unread )*(?:notices?|announcements?))$/u,
    showNotices,
    { group: 'notices' },
  ),
  command(
    'back',
    'leave.request',
    /^(?:确认|来)?(?:提前)?销假(?:了|报到)?$|^我?已?经?(?:回来|返岗)了$|^(?:confirm )?(?:report(?:ing)? back|end (?:my )?leave)(?: early)?$|^i(?:'m| am) back$/u,
    // 「回来了」 after a few minutes away from the desk means that.
    async (text, talk) => {
      if (/销假|leave/u.test(text) || !(await backAtDesk(talk))) await reportBackTyped(text, talk);
    },
    { group: 'leave' },
  ),
  command(
    'extend',
    'leave.request',
    /^(?:续假|延假|延长(?:请)?假|假期?延长).{0,60}$|^extend (?:my )?(?:\w+ )?leave.{0,60}$/u,
    extendTyped,
    { group: 'leave' },
  ),
  command(
    'teamLeaves',
    'leave.manage',
    /^(?:查?看?(?:一下)?)?(?:班组|本班组?|我们?班组?|团队)的?(?:请假|休假|销假)(?:情况|名单|列表|单)?$|^谁(?:在|没)?(?:请假|销假)(?:了)?$|^未销假(?:名单|的)?$|^team leaves?$|^who(?:'s| is) on leave$/u,
    showTeamLeaves,
    { slash: 'team_leaves', group: 'leave' },
  ),
  command(
    'ledger',
    'leave.ledger',
    /^(?:调整|修改).{0,20}余额.{0,260}$|^adjust .{2,40} (?:personal|special|sick|official|study)\b.{0,260}$/u,
    adjustTyped,
    { group: 'leave' },
  ),
  command(
    'balance',
    'leave.request',
    /^(?:查?看?(?:一下)?)?(?:我的?)?(?:(?:假期|年假|事假|病假|请假)?余额|(?:今年)?还(?:有|剩)(?:几|多少)天(?:假|事假|病假))$|^(?:my )?(?:leave )?balance$/u,
    showBalances,
    { group: 'leave' },
  ),
  command('leave', 'leave.request', wantsLeave, askLeave, { group: 'leave' }),
  command(
    'handoverWrite',
    'handover.write',
    (text) => ['write', 'fill'].includes(readHandover(text)?.do ?? ''),
    writeOrFill,
    { slash: 'handover_write', group: 'handover' },
  ),
  command('handoverPast', 'handover.read', (text) => readHandover(text)?.do === 'past', showPast, {
    ...{ slash: 'handovers', group: 'handover' },
  }),
  command(
    'problems',
    'handover.read',
    (text) => readHandover(text)?.do === 'items',
    (_text, talk) => showItems(talk),
    { group: 'handover' },
  ),
  command('handover', 'handover.write', (text) => readHandover(text) !== undefined, talkHandover, {
    group: 'handover',
  }),
  command(
    'help',
    'staffchat.open',
    /^(?:帮助|菜单|功能|使用说明|说明|你?(?:能|会|可以)(?:做|办|干)(?:什么|些什么|啥)|怎么用|help|menu|commands?|what can you do|\?|？)$/u,
    async (_text, talk) => talk.turn.say('menu', t(talk.locale, 'staff.help', { commands: helpText(talk) })),
  ),
  command(
    'onDuty',
    'roster.read',
    /^.{0,24}(?:谁|哪些人|哪几个人|哪几位)(?:现在)?(?:在班|当班|值班|在岗|上班|上.{1,3}班)$|^.{0,24}(?:在班|当班|值班|在岗)(?:的)?(?:人员|名单|人?(?:都)?(?:有谁|是谁|有哪些人))$|^.{1,24}班(?:都)?(?:有谁|是谁|有哪些人|谁上)$|^who(?:'s| is|s)? (?:on|working)(?: duty| shift)?\b.{0,30}$/u,
    showOnDuty,
    { slash: 'oncall', group: 'roster' },
  ),
  command(
    'teamRoster',
    'roster.read',
    /^(?!我(?!们))(?:查?看?(?:一下)?)?.{1,24}(?:班表|排班|排班表)$|^(?:team )?roster\b.{0,30}$/u,
    showTeamRoster,
    { slash: 'roster', group: 'roster' },
  ),
  command(
    'swaps',
    'swap.request',
    /^(?:查?看?(?:一下)?)?(?:我的|本人的?)?换班(?:记录|申请|进度|情况|列表)$|^我的换班$|^(?:my )?swaps$/u,
    showSwaps,
    { group: 'swap' },
  ),
  command(
    'openshift',
    'swap.offer',
    /^(?:发布)?缺班.{0,60}$|^(?:哪些班|哪个班)(?:缺人|没人)$|^open shifts?\b.{0,60}$/u,
    offerOpenShift,
    { group: 'swap' },
  ),
  command('swap', 'swap.request', wantsSwap, askSwap, { group: 'swap' }),
  ...SURGE_COMMANDS,
  ...ATTENDANCE_COMMANDS,
];

/** The commands of each group as the help has them: what is tried last says most. */
export const inHelp = () =>
  GROUPS.map((group) => ({ group, rows: COMMANDS.filter((each) => each.group === group).reverse() }));

const DECIDING: readonly CommandName[] = ['toDecide', 'decide'];

/** Whether cards can come to this colleague at all: holders of a post, and deputies. Others needn't read of it. */
function decides(person: Person, parts: StaffParts): boolean {
  const { deputies } = parts.policy().policy.people;
  return may(person, 'leave.decide') || Object.values(deputies).flat().includes(person.number);
}

/** What this colleague may do, by groups, a line each with an example. */
export function helpText({ locale, person, parts }: Talk): string {
  const own = ({ name, action }: Command) =>
    may(person, action) && (!DECIDING.includes(name) || decides(person, parts));
  return inHelp()
    .flatMap(({ group, rows }) => {
      const lines = rows.filter(own).map(({ name, slash }) => {
        const [what, example] = [t(locale, `staff.what_${name}`), t(locale, `staff.example_${name}`)];
        return t(locale, 'staff.command', { what, slash, example });
      });
      return lines.length > 0 ? [t(locale, `staff.group_${group}`), ...lines] : [];
    })
    .join('\n');
}

/** The command that these words ask for: by its slash, on whatever channel, or by what they say. */
export function commandIn(text: string, talk: Talk): Command | undefined {
  const slashed = readSlash(text);
  if (slashed) return COMMANDS.find(({ slash }) => slash === slashed.name);
  return COMMANDS.find((each) => each.reads(text, talk));
}

/** Runs it, if the permission table lets this colleague; `/leave 明天` is given 「明天」. */
export async function runCommand({ name, action, run }: Command, text: string, talk: Talk): Promise<void> {
  const { locale, person, turn } = talk;
  if (may(person, action, { personId: person.id })) return run(readSlash(text)?.rest ?? text, talk);
  turn.say('unknown', t(locale, 'staff.forbidden', { what: t(locale, `staff.what_${name}`) }));
}
