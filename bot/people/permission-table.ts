/** Roles 角色 of RULEBOOK §1, from the desk upwards; `admin` 系统管理员 keeps the system and sees no customer. */
export const ROLES = [
  'agent', // 座席
  'shift_leader', // 班长
  'supervisor', // 主管
  'complaint_specialist', // 投诉专员
  'callback_specialist', // 回访专员
  'quality_inspector', // 质检员
  'knowledge_editor', // 采编
  'engineer', // 售后工程师
  'department_head', // 客服部主任
  'duty_manager', // 值班经理
  'analyst', // 综合业务分析
  'director', // 客服中心主任
  'admin', // 系统管理员
] as const;
export type Role = (typeof ROLES)[number];

/** How far a permission reaches 范围: what is one's own, one's team's, or the whole centre's. */
export type Scope = 'own' | 'team' | 'centre';

type Row = Readonly<Partial<Record<Role | 'nobody', Scope>>>;

/** People who talk to customers. */
const desk = ['agent', 'shift_leader', 'supervisor', 'complaint_specialist', 'engineer'] as const;
const managers = ['supervisor', 'duty_manager', 'department_head', 'director'] as const;
const tickets = ['complaint_specialist', 'callback_specialist', 'engineer'] as const;

/** Builds a row; where a role is named twice the wider scope counts, whatever the order. */
function row(...grants: [Scope, readonly (Role | 'nobody')[]][]): Row {
  const width = { own: 0, team: 1, centre: 2 } as const;
  const made: Partial<Record<Role | 'nobody', Scope>> = {};
  for (const [scope, roles] of grants)
    for (const role of roles) {
      const had = made[role];
      if (had === undefined || width[had] < width[scope]) made[role] = scope;
    }
  return made;
}

/**
 * Who may do what, and how far: the one table that every route, command, button and live stream is held to.
 * A right that is not here does not exist. Names are `area.verb`.
 */
export const permissions = {
  // Without signing in: the operator's pages, health, a calendar by its secret address, signing in itself.
  'site.visit': row(['own', ['nobody', ...ROLES]]),
  'session.open': row(['own', ['nobody', ...ROLES]]),

  'session.read': row(['own', ROLES]),
  'session.close': row(['own', ROLES]),
  'live.read': row(['own', ROLES]),
  'people.read': row(['team', ROLES], ['centre', [...managers, 'shift_leader', 'analyst', 'admin']]),

  'presence.set': row(['own', desk], ['team', ['shift_leader']], ['centre', ['supervisor']]),
  'presence.read': row(['centre', [...desk, ...managers, 'analyst']]),
  'desk.read': row(['centre', [...desk, ...managers]]),
  'desk.take': row(['own', desk]),
  'desk.reply': row(['own', desk]),
  'desk.typing': row(['own', desk]),
  'desk.note': row(['own', desk], ['team', ['shift_leader']], ['centre', ['supervisor', 'duty_manager']]),
  'desk.finish': row(['own', desk], ['team', ['shift_leader']], ['centre', ['supervisor']]),
  'desk.release': row(['own', desk], ['team', ['shift_leader']], ['centre', ['supervisor']]),
  'desk.assist': row(['own', desk]),

  'conversation.read': row(
    ['own', [...desk, 'callback_specialist']],
    ['team', ['shift_leader']],
    ['centre', [...managers, 'complaint_specialist', 'quality_inspector']],
  ),
  // A look at an unmasked number: with a reason, and on the audit chain.
  'conversation.reveal': row(
    ['own', desk],
    ['team', ['shift_leader']],
    ['centre', ['supervisor', 'complaint_specialist', 'duty_manager']],
  ),

  'ticket.read': row(['centre', [...desk, ...tickets, ...managers, 'quality_inspector', 'analyst']]),
  'ticket.create': row(['centre', [...desk, ...tickets, 'duty_manager']]),
  'ticket.update': row(
    ['own', [...desk, ...tickets]],
    ['team', ['shift_leader']],
    ['centre', ['supervisor', 'complaint_specialist', 'duty_manager']],
  ),
  'ticket.dispatch': row(
    ['own', ['agent', 'engineer']],
    ['team', ['shift_leader']],
    ['centre', ['supervisor', 'complaint_specialist', 'duty_manager']],
  ),
  'ticket.reveal': row(
    ['own', [...desk, ...tickets]],
    ['team', ['shift_leader']],
    ['centre', ['supervisor', 'complaint_specialist', 'duty_manager']],
  ),

  'entry.read': row(['centre', ROLES]),
  'entry.edit': row(['centre', ['knowledge_editor']]),
  'entry.publish': row(['centre', ['knowledge_editor']]),
  'entry.add': row(['centre', ['knowledge_editor']]),
  // Masking an entry from answers, and giving it back.
  'entry.withdraw': row(['centre', ['knowledge_editor']]),
  'synonym.read': row(['centre', ROLES]),
  'synonym.edit': row(['centre', ['knowledge_editor']]),
  'unanswered.read': row(['centre', ['knowledge_editor', 'analyst', ...managers]]),

  // A card in one's own staff chat decides only for the person whom its ladder names.
  'staffchat.open': row(['own', ROLES]),
  'card.press': row(['own', ROLES]),
  'roster.read': row(['team', ROLES], ['centre', [...managers, 'shift_leader', 'analyst', 'admin']]),
  'leave.request': row(['own', ROLES]),
  'leave.read': row(
    ['own', ROLES],
    ['team', ['shift_leader']],
    ['centre', ['department_head', 'duty_manager', 'director']],
  ),
  // Certificates, reporting back for another, the team's list.
  'leave.manage': row(
    ['team', ['shift_leader']],
    ['centre', ['department_head', 'duty_manager', 'director']],
  ),
  // Adding to somebody's days of a year, or taking off.
  'leave.ledger': row(['centre', ['department_head', 'director']]),
  'holiday.read': row(['centre', ROLES]),
  'holiday.import': row(['centre', [...managers, 'shift_leader']]),
  'leave.decide': row(['centre', ['department_head', 'duty_manager', 'director']]),
  'handover.read': row(['team', ROLES], ['centre', managers]),
  'handover.write': row(['own', ROLES]),
  // Deciding for somebody missing, and completing in the place of those who left.
  'handover.decide': row(['team', ['shift_leader']], ['centre', managers]),

  // Up one's own ladder; a card decides only for those whom it names.
  'matter.raise': row(['own', ROLES]),

  // The leader's duty log 值班日志, up to the department head.
  'dutylog.read': row(['team', ['shift_leader']], ['centre', [...managers, 'analyst']]),
  'dutylog.write': row(['team', ['shift_leader']], ['centre', managers]),

  'meeting.read': row(['own', ROLES]),
  // Minutes in the chair’s place; the chair writes them anyway.
  'meeting.write': row(['team', ['shift_leader']], ['centre', managers]),

  'notice.read': row(['own', ROLES]),
  'notice.write': row(['team', ['shift_leader']], ['centre', ['knowledge_editor', ...managers]]),
  'swap.request': row(['own', ROLES]),
  'swap.offer': row(['team', ['shift_leader']], ['centre', managers]),
  // The swap record 换班记录表, who swapped with whom and why.
  'swap.read': row(['team', ['shift_leader']], ['centre', managers]),

  'file.upload': row(['own', ROLES]),
  'file.read': row(['own', ROLES], ['team', ['shift_leader']], ['centre', managers]),
  'report.read': row(
    ['own', ['agent']],
    ['team', ['shift_leader']],
    ['centre', [...managers, 'analyst', 'quality_inspector']],
  ),
  'delivery.read': row(['centre', [...managers, 'shift_leader', 'admin']]),
  'delivery.resend': row(['centre', ['shift_leader', 'supervisor', 'duty_manager']]),

  // Whoever wrote a broadcast never approves it, whatever their role: bot/broadcast/rules.ts.
  'broadcast.read': row(['centre', [...managers, 'knowledge_editor', 'shift_leader', 'analyst']]),
  'broadcast.write': row(['own', ['knowledge_editor', 'shift_leader', 'supervisor']]),
  'broadcast.approve': row(['centre', managers]),
  'broadcast.send': row(['centre', ['knowledge_editor', 'supervisor', 'duty_manager']]),

  // Live streams: each follows the right to read what it shows.
  'live.desk': row(['centre', [...desk, ...managers]]),
  'live.conversation': row(
    ['own', [...desk, 'callback_specialist']],
    ['team', ['shift_leader']],
    ['centre', [...managers, 'complaint_specialist', 'quality_inspector']],
  ),
  'live.ticket': row(['centre', [...desk, ...tickets, ...managers, 'quality_inspector', 'analyst']]),
  'live.knowledge': row(['centre', ROLES]),

  'policy.read': row(['centre', [...managers, 'shift_leader', 'admin']]),
  'policy.activate': row(['centre', ['director', 'admin']]),
  'audit.verify': row(['centre', ['director', 'admin']]),
  'audit.read': row(['centre', ['director', 'admin']]),

  'roster.edit': row(['team', ['shift_leader']], ['centre', managers]),
  'roster.calendar': row(['own', ROLES]),
  // Signing on and off, leaving the desk; own only.
  'attendance.sign': row(['own', ROLES]),
  // Roll call, permission to leave the desk, excusing a breach.
  'attendance.manage': row(['team', ['shift_leader']], ['centre', managers]),
  'attendance.read': row(['own', ROLES], ['team', ['shift_leader']], ['centre', managers]),
  // Whether one may be asked to come on a day off; the answer to it.
  'surge.answer': row(['own', ROLES]),
  // Calling people in; it is told to those who lead.
  'surge.call': row(['centre', ['shift_leader', ...managers]]),
  'roster.headcount': row(['centre', [...managers, 'shift_leader', 'analyst']]),
} as const satisfies Record<string, Row>;

export type Action = keyof typeof permissions;
