/**
 * 客户: what the bot says to customers. The three voices 三声 (RULEBOOK §2.11): greeting 问声, acknowledgement 应声,
 * farewell 送声. Titles of buttons are read back as commands, see bot/customer/words.ts.
 */
export const customer = {
  greeting: '您好，很高兴为您服务。请直接说您的问题，或回复“菜单”看看常用服务。',
  thanks: '不客气，能帮到您就好。还有问题随时告诉我。',
  bye: '感谢您的来访，祝您生活愉快，再见。',
  acknowledge: '好的，请说。',
  who: '我是智能助手，可以解答业务问题、登记投诉和报修、查询工单，也可以为您转人工。',

  choices: '您想了解的是哪一个？点一下或回复序号：',
  none_of_these: '都不是',
  no_such_number: '没有这个序号。可以点一下，或回复下面的序号：',
  expired: '“{title}”已于{date}结束，相关内容不再适用。需要了解现在有什么可以办理的，我可以为您转人工。',
  unknown: '抱歉，这个问题我还答不上来。可以为您转人工，或者留下信息，我们查清后联系您。',
  unknown_again: '抱歉，还是没能帮到您。建议转人工，由客服直接为您处理；也可以留言，我们会给您回复。',
  unreadable: '我看到了您的消息，但没有认出文字内容。请用一句话说说您的问题，或回复“菜单”。',
  file_received:
    '收到您发来的文件了。内容我看不了，但会原样转给同事：需要人工查看请转人工，或留言建单，文件会一并附上。',
  file_for_form: '收到，文件会附在这张单里。',
  nothing_to_cancel: '现在没有正在办理的事项。有什么可以帮您？',
  stuck: '如果不好填写，也可以转人工，由客服帮您登记。',

  human: '转人工',
  leave_message: '留言/建单',
  menu: '菜单',
  start_complaint: '我要投诉',
  start_fault: '我要报修',
  start_change: '登记办理',
  ticket_status: '查工单',

  menu_title: '请选择服务，点一下或回复序号：',
  menu_sub: '“{title}”：点一下或回复序号。',
  menu_human: '人工服务',
  menu_back: '返回主菜单',

  queued_next: '正在为您转接{queue}，下一位就是您，请稍候。',
  queued_behind: '正在为您转接{queue}，您前面还有 {ahead} 位。请稍候，您说的内容客服都能看到。',
  queued_outside:
    '正在为您转接{queue}。现在是非服务时间，客服上班后会尽快接入（服务时间：{hours}）。您前面还有 {ahead} 位。',
  closed: '现在是非服务时间（人工服务时间：{hours}）。您可以先留言，客服上班后会与您联系。',
  position: '您前面还有 {ahead} 位，请稍候。不想等了可以回复“取消排队”。',
  position_next: '下一位就是您，请稍候。',
  noted: '收到，您说的已经转告客服，请稍候。',
  leave_queue: '取消排队',
  left_queue: '已取消排队，我继续为您服务。请说您的问题。',
  sorry_failed: '抱歉，系统刚才没能处理好您的消息。已为您转接人工，您说的内容客服都能看到。',
  hours_line: '{days} {from}–{to}',
  hours_separator: '，',
  days_range: '周{from}至周{to}',
  days_one: '周{from}',
  weekdays: '一二三四五六日',
} as const;
