import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.ts';
import { type LoadedPolicy, loadPolicy } from './load.ts';

/** The text of the policy that a new centre begins with. */
export function defaultPolicyText(): string {
  return readFileSync(join(ROOT, 'bot/policy/centre.yaml'), 'utf8');
}

/** The policy that a new centre begins with, and the one that tests run on. */
export function defaultPolicy(): LoadedPolicy {
  return loadPolicy(defaultPolicyText());
}
