import { z } from 'zod';
import { slug } from './values.ts';

/** The sections 栏目 of a handover, RULEBOOK §4 handover 2, in the order of the log. */
export const SECTIONS = [
  'equipment', // 设备状况
  'difficult', // 疑难问题
  'staff', // 人员与班次变动
  'business', // 业务变更
  'instructions', // 上级指示
  'customers', // 客户建议与投诉
  'process', // 流程变化
] as const;

/** Handover 交接班, RULEBOOK §4. Minutes are natural time around the change of shift. */
export const handoverSchema = z.strictObject({
  /** 工种 of the teams that hand over; those with office hours only need not. */
  jobTypes: z.array(slug).default(['hotline']),
  /** What must be written before it can be completed (clause 2); 「无」 is an answer. */
  required: z.array(z.enum(SECTIONS)).default(['equipment', 'difficult', 'staff']),
  /** The handover is opened so long before the change. */
  openMinutes: z.number().int().positive().max(240).default(15),
  /** So long after the change the leader is told who is missing. */
  alertMinutes: z.number().int().nonnegative().max(240).default(10),
  /** A change that a standing still process missed is still opened for so long. */
  catchUpMinutes: z.number().int().nonnegative().max(720).default(120),
});

export type HandoverPolicy = z.output<typeof handoverSchema>;
