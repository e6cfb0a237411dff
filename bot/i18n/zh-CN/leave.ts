/** 请假: texts of the staff bot about leave. */
export const leave = {
  kind_personal: '事假',
  kind_special: '特殊事假',
  kind_sick: '病假',
  kind_official: '公出',
  kind_study: '外出学习',

  quote_personal_notice:
    '事假须至少提前一天（{hours} 小时）提出；不能提前的，须经管理人员同意方可生效，否则按旷工处理。',
  quote_special_notice:
    '特殊事假须在班前 {hours} 小时提出；不能提前的，须经管理人员同意方可生效，否则按旷工处理。',
  quote_sick_notice: '病假须在班前提出；不能提前的，须经管理人员同意方可生效。',
  quote_official: '因公事及外出学习，须经客服中心主任同意。',
  quote_own_request: '事假必须由本人办理，不得由他人代请，病假除外。',
  quote_night: '上夜班原则上不许请假；特殊情况须在当日 {time} 前提出，经管理人员同意方可生效。',
  quote_holiday: '节假日不许请假；极特殊情况须提前 {hours} 小时提出，经管理人员同意方可生效。',
  quote_overlap: '同一班次只能有一张请假单。',

  clause: '《请假制度》第{number}条：{quote}',
  figures_notice: '该班次 {start} 开始，现在距开班 {actual}，要求至少 {required}。',
  figures_started: '该班次 {start} 已经开始，要求开班前至少 {required} 提出。',
  figures_over: '该班次已于 {end} 结束，现在是 {now}。',
  figures_cutOff: '夜班 {start} 开始，截止时间是 {latest}，现在是 {now}。',
  figures_holiday: '{date}是{holiday}，该班次 {start} 开始，距开班 {actual}，要求至少 {required}。',
  figures_holiday_unknown: '{date}是否为节假日尚未公布（节假日表到 {covered} 为止），须由人来决定。',
  figures_ownRequest: '本单由{by}代{person}提出。',
  figures_overlap: '{date}的班次已有一张{kind}单（{state}）。',
  figures_roster: '{date}的班表尚未公布（已公布到 {covered}），无法核对班次，须由人来决定。',
  quote_roster: '请假按班次核对；没有班表时由管理人员决定。',

  remedy_latest: '最晚应在 {latest} 前提出。',
  remedy_manager: '可以说明特殊原因，由{managers}决定。',
  remedy_first_date: '从现在起可以请的最早班次开始时间是 {earliest}。',
  remedy_self: '请{person}本人来办理。',
  remedy_withdraw: '请先撤回原来的请假单。',
  remedy_covered: '班表公布后可按班次核对。',

  no_shift: '{dates}您没有班，不需要请假。',
  no_shift_part: '{dates}这个时段您没有班，不需要请假。',

  state_pending: '审批中',
  state_approved: '已批准',
  state_refused: '未批准',
  state_withdrawn: '已撤回',

  certificate_due: '请在 {date} 前把医疗证明交给班长；证明日期须连续，急诊除外。',

  ladder_step: '{order}. {post} {name}',
  ladder_deputy: '{order}. {post} {name}（代行）',
  ladder_informed: '同时告知：{names}',

  post_shift_leader: '班长',
  post_department_head: '客服部主任',
  post_director: '客服中心主任',
  post_manager: '管理人员',
  day_blocked: '不安排请假的日子',

  press_not_current_approver: '这张请假单现在由{post} {name}审批。',
  press_not_your_turn: '还没有轮到您这一级，请等{post} {name}先审批。',
  press_own_request: '不能审批自己的请假单。',
  press_not_requester: '只有申请人本人可以撤回。',
  press_closed: '这张请假单已有结果：{state}。',

  hours_minutes: '{hours} 小时 {minutes} 分钟',
  hours_only: '{hours} 小时',
  minutes_only: '{minutes} 分钟',
  less_than_minute: '不到 1 分钟',
  list_separator: '、',
  or_separator: '或',
} as const;
