/** 工单: customers' forms and what they are told about their tickets. */
export const ticket = {
  form_complaint: '投诉单',
  form_fault: '报修单',
  form_change: '业务办理单',
  form_message: '留言',

  label_category: '类型',
  label_description: '情况说明',
  label_place: '故障地点',
  label_contact: '联系电话',
  label_message: '留言内容',

  ask_category_complaint: '您要投诉的是哪一类问题？',
  ask_category_fault: '哪一项出了故障？',
  ask_category_change: '您要办理哪一类？',
  ask_complaint: '请说明是什么时间、什么号码、发生了什么，以及您希望怎样解决。',
  ask_fault: '请说明故障现象，从什么时候开始，影响了什么。',
  ask_change: '请说明要办理的业务和涉及的号码。',
  ask_message: '请写下您要留言的内容，我们会有专人处理。',
  ask_place: '故障在什么地方？请写到小区和楼号；手机问题可以写大致位置。',
  ask_contact: '请留一个能联系到您的电话。',

  description_short: '内容太短了，请至少写 {min} 个字，方便我们核实。',
  description_long: '内容超过了 {max} 个字，请写得简短一些。',
  contact_kept: '联系电话 {contact} 记下了。情况还没有说明，请至少写 {min} 个字，方便我们核实。',
  contact_which: '这里有不止一个号码，应该打哪一个？请点一下或回复序号。',
  contact_unread: '这个号码没有认出来。请回复 11 位手机号，或带区号的固定电话，例如 0571-87654321。',

  created:
    '已受理，工单号 **{number}**。\n\n最迟 {dispatchDue} 前转到责任部门，{due} 前给您处理结果，届时会拨打 {contact} 与您联系。在这里回复“查工单”可以随时查看进度。',
  with_files: '您发来的 {count} 个文件已附在工单里。',
  already: '这张单已经提交过了，工单号 {number}，不用重复提交。',

  status_open: '{name} {number}：已受理（{created}）。最迟 {dispatchDue} 前转到责任部门。',
  status_open_late: '{name} {number}：已受理（{created}），但超过了转派时限，很抱歉。我们正在抓紧处理。',
  status_dispatched: '{name} {number}：已转{department}处理（{dispatched}）。最迟 {due} 前给您结果。',
  status_dispatched_late:
    '{name} {number}：已转{department}处理（{dispatched}），但超过了办理时限，很抱歉。我们正在催办。',
  status_answered: '{name} {number}：责任部门已答复，我们会尽快与您联系。',
  status_closed: '{name} {number}：已办结（{closed}）。如果问题没有解决，可以转人工继续处理。',
  status_none: '这个会话里还没有提交过工单。如果有工单号，可以直接发给我。',
  status_unknown:
    '没有查到这个工单号，请核对一下。为了保护您的信息，工单只能在提交它的会话里查询；在别处提交的，可以转人工核实后查询。',
  department: '责任部门',
} as const;
