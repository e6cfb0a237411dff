import type { Database } from '../../prisma/client.ts';
import { attendanceRound } from './attendance/jobs.ts';
import { logRound } from './duty/log/jobs.ts';
import { matterRound } from './duty/matters/jobs.ts';
import { handoverRound } from './handover/jobs.ts';
import { leaveJobs } from './leave/jobs.ts';
import { meetingRound } from './meetings/jobs.ts';
import { noticeJobs } from './notices/jobs.ts';
import type { StaffParts } from './parts.ts';
import { surgeRound } from './surge/jobs.ts';
import { watchSwaps } from './swap/watch.ts';

/** What the staff bot does by the clock, each minute and in every process: claims on rows, safe to do twice. */
export function staffJobs(
  db: Database,
  parts: StaffParts,
  now: () => number,
): Record<string, () => Promise<unknown>> {
  return {
    leave: () => leaveJobs(db, parts, now()),
    swaps: () => watchSwaps(db, parts, now()),
    handovers: () => handoverRound(db, parts, now()),
    surge: () => surgeRound(db, parts, now()),
    attendance: () => attendanceRound(db, parts, now()),
    notices: () => noticeJobs(db, parts, parts.policy().policy, now()),
    dutyLogs: () => logRound(db, parts, now()),
    meetings: () => meetingRound(db, parts, now()),
    matters: () => matterRound(db, parts, now()),
  };
}
