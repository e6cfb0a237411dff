import { type Command, command } from '../command.ts';
import { attendanceTyped } from './month-talk.ts';
import { askAwayTyped, backTyped, excuseTyped, rollCallTyped, signOffTyped, signOnTyped } from './talk.ts';
import { readAway, readExcuse } from './understand.ts';

/** The rows about attendance; what is tried last says most. */
export const ATTENDANCE_COMMANDS: readonly Command[] = [
  command(
    'attendance',
    'attendance.read',
    /^(?:查?看?(?:一下)?)?.{0,20}考勤(?:表|记录|情况|统计)?$|^(?:my |team )?attendance\b.{0,24}$/u,
    attendanceTyped,
    { group: 'attendance' },
  ),
  command('excuse', 'attendance.manage', (text) => readExcuse(text) !== undefined, excuseTyped, {
    group: 'attendance',
  }),
  command('rollCall', 'attendance.manage', /^(?:现在|开始)?点名(?:表|情况)?$|^roll ?call$/u, rollCallTyped, {
    group: 'attendance',
  }),
  command(
    'deskBack',
    'attendance.sign',
    /^我?已?(?:经)?回(?:到)?(?:座位?|席|岗位?|工位)(?:上)?了?$|^back at (?:my|the) desk$/u,
    backTyped,
    { slash: 'desk', group: 'attendance' },
  ),
  command('away', 'attendance.sign', (text) => readAway(text) !== undefined, askAwayTyped, {
    group: 'attendance',
  }),
  command(
    'signOff',
    'attendance.sign',
    /^(?:我?确认)?(?:下班)?(?:签退|下班打卡)了?$|^(?:confirm )?(?:sign(?:ing)? off|clock(?:ing)? out)$/u,
    signOffTyped,
    { group: 'attendance' },
  ),
  command(
    'signOn',
    'attendance.sign',
    /^我?(?:来)?(?:上班)?(?:签到|打卡|到岗)了?$|^(?:sign(?:ing)? on|clock(?:ing)? in|check in)$/u,
    signOnTyped,
    { group: 'attendance' },
  ),
];
