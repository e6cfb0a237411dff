import type { Duty } from '../roster/types.ts';
import type { ShiftChange } from './types.ts';

/**
 * The changes of shift between `from` (not included) and `to` (included): instants at which a shift of a team ends or
 * begins. Who stays on (two shifts in a row, or two pieces of one) neither goes nor comes; who leaves in the middle of
 * a shift hands over to nobody here, that is leave. `duties` must reach over both ends. Pure.
 */
export function shiftChanges(duties: readonly Duty[], from: number, to: number): ShiftChange[] {
  const teams = [...new Set(duties.map(({ teamId }) => teamId))].sort();
  return teams.flatMap((teamId) => {
    const own = duties.filter((duty) => duty.teamId === teamId);
    const instants = own.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
    return [...new Set(instants)]
      .filter((at) => at > from && at <= to)
      .sort((a, b) => a - b)
      .flatMap((at) => changeAt(own, teamId, at) ?? []);
  });
}

function changeAt(duties: readonly Duty[], teamId: string, at: number): ShiftChange | undefined {
  const stays = ({ personId }: Duty) =>
    duties.some((duty) => duty.personId === personId && duty.to === at) &&
    duties.some((duty) => duty.personId === personId && duty.from === at);
  const going = duties.filter((duty) => duty.to === at && duty.endsAt === at && !stays(duty));
  const coming = duties.filter((duty) => duty.from === at && duty.startsAt === at && !stays(duty));
  if (going.length === 0 && coming.length === 0) return undefined;
  return {
    ...{ teamId, changeAt: at, since: Math.min(at, ...going.map((duty) => duty.from)) },
    ...{ outgoing: people(going), incoming: people(coming) },
    ...{ fromShift: going[0]?.name ?? '', toShift: coming[0]?.name ?? '' },
  };
}

const people = (duties: readonly Duty[]) => [...new Set(duties.map(({ personId }) => personId))].sort();
