/** A team 班组 of the demo centre. The first two are the desk's, each under its shift leader. */
export const DEMO_TEAMS = [
  { key: 'A', name: '受理甲班', jobType: 'hotline' },
  { key: 'B', name: '受理乙班', jobType: 'hotline' },
  { key: 'complaint', name: '投诉回访组', jobType: 'complaint' },
  { key: 'support', name: '运营支撑组', jobType: 'support' },
  { key: 'office', name: '中心办公室', jobType: 'office' },
] as const;

export type DemoTeamKey = (typeof DEMO_TEAMS)[number]['key'];

/** A colleague of the demo centre; names are invented. */
export interface DemoPerson {
  number: string;
  name: string;
  role: string;
  team: DemoTeamKey;
  jobType: string;
  grade: 1 | 2 | 3;
  /** Where in the rota 轮班 this person stood on ROTA_EPOCH; without one: office hours. */
  rota?: number;
}

const hotline = { role: 'agent', jobType: 'hotline' } as const;
const leader = { role: 'shift_leader', jobType: 'hotline', grade: 3 } as const;

/**
 * People of every role in RULEBOOK §1. Agents with odd numbers are of team A (1001, 1003 …), with even numbers of
 * team B. The places in the rota are spread so that early, middle and night shift are staffed every day.
 */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { ...hotline, number: '1001', name: '周晓彤', team: 'A', grade: 1, rota: 0 },
  { ...hotline, number: '1002', name: '何俊杰', team: 'B', grade: 1, rota: 1 },
  { ...hotline, number: '1003', name: '沈佳怡', team: 'A', grade: 2, rota: 2 },
  { ...hotline, number: '1004', name: '罗子轩', team: 'B', grade: 2, rota: 4 },
  { ...hotline, number: '1005', name: '唐雨菲', team: 'A', grade: 1, rota: 5 },
  { ...hotline, number: '1006', name: '彭浩然', team: 'B', grade: 1, rota: 7 },
  { ...hotline, number: '1007', name: '苏婉清', team: 'A', grade: 2, rota: 8 },
  { ...hotline, number: '1008', name: '邓志远', team: 'B', grade: 2, rota: 3 },
  { ...hotline, number: '1009', name: '叶思琪', team: 'A', grade: 3, rota: 6 },
  { ...hotline, number: '1010', name: '曾嘉豪', team: 'B', grade: 3, rota: 9 },
  { ...leader, number: '2001', name: '林静雯', team: 'A', rota: 0 },
  { ...leader, number: '2002', name: '郑凯文', team: 'B', rota: 4 },
  { number: '3001', name: '许若溪', role: 'knowledge_editor', team: 'support', jobType: 'editing', grade: 2 },
  { number: '3002', name: '程思远', role: 'knowledge_editor', team: 'support', jobType: 'editing', grade: 2 },
  { number: '4001', name: '宋明哲', role: 'department_head', team: 'office', jobType: 'office', grade: 3 },
  { number: '5001', name: '顾文澜', role: 'director', team: 'office', jobType: 'office', grade: 3 },
  {
    number: '6001',
    name: '梁慧敏',
    role: 'complaint_specialist',
    team: 'complaint',
    jobType: 'complaint',
    grade: 2,
  },
  {
    number: '6002',
    name: '贺雪莹',
    role: 'callback_specialist',
    team: 'complaint',
    jobType: 'callback',
    grade: 2,
  },
  {
    number: '6003',
    name: '尹建平',
    role: 'quality_inspector',
    team: 'support',
    jobType: 'quality',
    grade: 3,
  },
  { number: '6004', name: '石磊', role: 'engineer', team: 'support', jobType: 'aftersales', grade: 3 },
  { number: '6005', name: '乔安然', role: 'analyst', team: 'support', jobType: 'analysis', grade: 3 },
  { number: '7001', name: '方丽华', role: 'supervisor', team: 'office', jobType: 'hotline', grade: 3 },
  { number: '7002', name: '潘振宇', role: 'supervisor', team: 'complaint', jobType: 'complaint', grade: 3 },
  { number: '7003', name: '韩立群', role: 'duty_manager', team: 'office', jobType: 'office', grade: 3 },
  { number: '9001', name: '邱泽楷', role: 'admin', team: 'support', jobType: 'system', grade: 3 },
];

/** A sign-in of the demo centre, as the ready line prints it. */
export interface DemoLogin {
  number: string;
  password: string;
  role: string;
  team: string;
}

/** Passwords of the demo centre follow the number, for everyone; production refuses these accounts. */
export const demoPassword = (number: string) => `demo-${number}`;

export function demoLogins(): DemoLogin[] {
  return DEMO_PEOPLE.map(({ number, role, team }) => ({
    number,
    password: demoPassword(number),
    role,
    team: DEMO_TEAMS.find(({ key }) => key === team)?.name ?? team,
  }));
}
