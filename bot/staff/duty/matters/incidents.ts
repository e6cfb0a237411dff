import type { PolicyVersion } from '../../../policy/versions.ts';
import type { HandoverPorts } from '../../handover/parts.ts';
import { mattersBetween } from './record.ts';

/** Incidents 突发事件 are what was reported up urgently; which urgencies, `reporting.incidents` says. A line each, with its number. */
export function incidentSource(policy: () => PolicyVersion): Required<HandoverPorts>['incidents'] {
  return async (sql, from, to) => {
    const found = await mattersBetween(sql, policy().policy.reporting.incidents, { from, to });
    return found.map(({ no, problem }) => `#${no} ${problem}`);
  };
}
