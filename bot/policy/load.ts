import { createHash } from 'node:crypto';
import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { type Policy, policySchema } from './schema.ts';

/** A policy with the text it was read from; `hash` (sha256, hex, of the text's bytes) names the version. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly content: string;
  readonly hash: string;
}

/** One fault of a policy file: where, and why. */
export interface PolicyProblem {
  /** `leave.bands.1.levels`, or `line 12` where the file is not YAML. */
  readonly path: string;
  readonly reason: string;
}

/** Reading takes a tenth of a second, and open forms ask for their version again and again. Frozen, so shared. */
const known = new Map<string, LoadedPolicy>();
const KNOWN = 8;

/**
 * Reads a centre's policy from YAML text. Unknown keys are faults: a mistyped setting would otherwise be
 * a rule that silently does not hold.
 * @throws AppError `policy_invalid` with `details.problems`: PolicyProblem[]
 */
export function loadPolicy(content: string): LoadedPolicy {
  const hash = createHash('sha256').update(content, 'utf8').digest('hex');
  const before = known.get(hash);
  if (before) return before;
  const loaded = { policy: read(content), content, hash };
  if (known.size >= KNOWN) known.delete(known.keys().next().value ?? '');
  known.set(hash, loaded);
  return loaded;
}

function read(content: string): Policy {
  const lines = new LineCounter();
  // The parser's own look for keys that come twice compares each with all: 20,000 keys stop everybody for seconds.
  const document = parseDocument(content, { uniqueKeys: false, lineCounter: lines });
  const broken = document.errors.map((error) => ({
    path: `line ${error.linePos?.[0].line ?? 1}`,
    reason: error.message.split('\n')[0] ?? error.code,
  }));
  if (broken.length === 0) broken.push(...repeatedKeys(document, lines));
  if (broken.length > 0) throw invalid(broken);
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    throw invalid([{ path: '(file)', reason: error instanceof Error ? error.message : String(error) }]);
  }
  const result = policySchema.safeParse(data);
  if (!result.success) throw invalid(result.error.issues.flatMap(problemsOf));
  return freeze(result.data);
}

function repeatedKeys(document: Document, lines: LineCounter): PolicyProblem[] {
  const found: PolicyProblem[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          found.push({
            path: `line ${lines.linePos(key.range?.[0] ?? 0).line}`,
            reason: 'Map keys must be unique',
          });
        seen.add(key.value);
      }
    },
  });
  return found;
}

function problemsOf(issue: z.core.$ZodIssue): PolicyProblem[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, reason: 'is no known setting' }));
  }
  return [{ path: path || '(file)', reason: issue.message }];
}

function invalid(problems: readonly PolicyProblem[]): AppError {
  const list = problems.map((problem) => `${problem.path}: ${problem.reason}`).join('; ');
  return new AppError('policy_invalid', `the policy file is not valid: ${list}`, { problems });
}

// Decisions and open forms share one object; a careless write would change the rules for all of them.
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
