import { describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { defaultPolicy, defaultPolicyText } from './default.ts';
import { loadPolicy, type PolicyProblem } from './load.ts';

const text = defaultPolicyText();

function problemsOf(content: string): readonly PolicyProblem[] {
  try {
    loadPolicy(content);
  } catch (error) {
    if (error instanceof AppError) return error.details.problems as PolicyProblem[];
    throw error;
  }
  return [];
}

function change(from: string, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to change: ${from}`);
  return changed;
}

describe('the default policy', () => {
  test('carries the figures of the rule book', () => {
    const { policy, hash } = defaultPolicy();
    const complaint = policy.tickets.kinds.find((kind) => kind.id === 'complaint');
    expect(complaint).toMatchObject({ prefix: 'TS', dispatchMinutes: 60 });
    expect(policy.tickets.callback).toEqual({ withinHours: 72, attempts: 3, hoursApart: 4, onDays: 2 });
    expect(policy.wording.hotline).toBe('1002026');
    expect(policy.desk.hours).toBe('always');
    const hours = policy.leave.rules.flatMap((rule) => ('hours' in rule ? [[rule.id, rule.hours]] : []));
    expect(hours).toContainEqual(['personal-notice', 24]);
    expect(hours).toContainEqual(['special-notice', 1]);
    expect(hours).toContainEqual(['holiday', 48]);
    expect(policy.leave.bands[0]).toMatchObject({ upToDays: 1, levels: ['department_head'] });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is named by its content', () => {
    expect(loadPolicy(text).hash).toBe(defaultPolicy().hash);
    expect(loadPolicy(change('hours: 24', 'hours: 48')).hash).not.toBe(defaultPolicy().hash);
  });

  test('cannot be changed by whoever holds it', () => {
    const { policy } = defaultPolicy();
    expect(() => {
      (policy.wording as Record<string, string>).hotline = '1';
    }).toThrow(TypeError);
  });
});

describe('a policy with a fault is refused, with the path and the reason', () => {
  test.each([
    ['a mistyped setting', 'dispatchMinutes: 60', 'dispatchMinute: 60', 'tickets.kinds.0.dispatchMinute'],
    ['a figure that is text', 'hours: 24 #', 'hours: "24" #', 'leave.rules.0.hours'],
    ['a negative limit', 'dispatchMinutes: 60', 'dispatchMinutes: -1', 'tickets.kinds.0.dispatchMinutes'],
    ['an unknown zone', 'Asia/Shanghai', 'Asia/Shangri', 'centre.timeZone'],
    ['an unknown role', '[shift_leader, department_head, director] #', '[captain] #', 'people.ranks.0'],
    ['an impossible time', 'time: "12:00"', 'time: "25:00"', 'leave.rules.5.time'],
    ['a quote that no text has', 'leave.quote_night', 'leave.quote_day', 'leave.rules.5.quote'],
    ['an unknown primitive', 'primitive: notice', 'primitive: wish', 'leave.rules.0.primitive'],
    ['a default queue that is none', 'defaultQueue: general', 'defaultQueue: garden', 'desk.defaultQueue'],
    ['no hotline', 'hotline: "1002026"', 'phone: "1002026"', 'wording'],
    ['two rules of one name', 'id: special-notice', 'id: personal-notice', 'leave.rules.1.id'],
    [
      'a longer leave with a shorter ladder',
      'levels: [department_head, director]',
      'levels: [director]',
      'leave.bands.1.levels',
    ],
    ['no band for a kind', 'kinds: [official, study], levels', 'kinds: [official], levels', 'leave.bands'],
  ])('%s', (_, from, to, path) => {
    const problems = problemsOf(change(from, to));
    expect(problems.map((problem) => problem.path)).toContain(path);
    for (const problem of problems) expect(problem.reason).not.toBe('');
  });

  test('broken YAML names the line', () => {
    const problems = problemsOf(change('hours: always', 'hours: [always'));
    expect(problems[0]?.path).toMatch(/^line \d+$/);
  });

  test('an empty file, a list and a bomb of aliases are no policy', () => {
    expect(problemsOf('')).not.toEqual([]);
    expect(problemsOf('- 1\n- 2')).not.toEqual([]);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]`;
    expect(problemsOf(bomb)[0]?.path).toBe('(file)');
  });

  test('a setting that is written twice is refused, with its line', () => {
    expect(problemsOf(`${text}\ncentre: {}\n`)).toMatchObject([
      { path: `line ${text.split('\n').length + 1}` },
    ]);
    expect(problemsOf('a: {b: 1, "b": 2}')).toMatchObject([{ path: 'line 1' }]);
  });

  test('a file of nothing but keys, and one of nothing but depth, is refused before it holds everybody up', () => {
    const keys = Array.from({ length: 22_000 }, (_, i) => `k${i}: 1`).join('\n');
    const began = process.cpuUsage();
    expect(problemsOf(keys)).not.toEqual([]);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(1800);
    for (const content of ['['.repeat(20_000), `a: ${'['.repeat(700)}${']'.repeat(700)}`, '- '.repeat(1000)])
      expect(problemsOf(content)).not.toEqual([]);
  });
});
