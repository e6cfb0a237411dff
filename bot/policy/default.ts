import { readFileSync } from 'node:fs';
import { type LoadedPolicy, loadPolicy } from './load.ts';

/** The text of the policy that a new centre begins with; the build lays centre.yaml beside the bundle. */
export function defaultPolicyText(): string {
  return readFileSync(new URL('./centre.yaml', import.meta.url), 'utf8');
}

/** The policy that a new centre begins with, and the one that tests run on. */
export function defaultPolicy(): LoadedPolicy {
  return loadPolicy(defaultPolicyText());
}
