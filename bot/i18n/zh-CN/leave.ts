/** 请假: texts of the staff bot about leave. Placeholders in braces. */
export const leave = {
  kind_personal: '事假',
  kind_special: '特殊事假',
  kind_sick: '病假',
  kind_official: '公出',
  kind_study: '外出学习',
} as const;
