import type { Locale } from '../i18n/index.ts';
import type { Role } from './permissions.ts';

/** A colleague 员工 as the rest of the product sees one; the password's hash never leaves sign-in. */
export interface Person {
  id: string;
  /** 工号 */
  number: string;
  name: string;
  role: Role;
  teamId: string | null;
  teamName: string | null;
  /** 工种: hotline, complaint, callback, editing, quality … */
  jobType: string;
  /** 技能等级: 1 初级, 2 中级, 3 高级. */
  grade: number;
  locale: Locale;
}

/** The columns of `person p LEFT JOIN team t` that make a Person. */
export const PERSON_COLUMNS = `p.id, p.number, p.name, p.role, p.team_id AS "teamId", t.name AS "teamName",
  p.job_type AS "jobType", p.grade, p.locale`;

/** Where PERSON_COLUMNS come from. */
export const PERSON_FROM = 'person p LEFT JOIN team t ON t.id = p.team_id';
