/**
 * The live connection 实时连接 as a pure state machine: what happened → where we are and what to do. The watermark is
 * the id of the last event; whoever comes back with it misses nothing. Without one, and where the server doesn't take it
 * (any more), everything shown is read again once the line stands.
 */
export interface Line {
  phase: 'closed' | 'opening' | 'open' | 'waiting';
  watermark: string | undefined;
  /** Failures in a row. */
  failures: number;
}

export type LineEvent =
  | { type: 'start' }
  | { type: 'opened' }
  | { type: 'event'; id: string }
  | { type: 'broken' }
  | { type: 'timer' }
  /** The browser says that there is a network again, or the page is looked at again. */
  | { type: 'online' }
  | { type: 'stop' };

export type LineEffect =
  | { do: 'open'; watermark: string | undefined }
  | { do: 'close' }
  | { do: 'wait'; ms: number }
  | { do: 'resync' };

export const closedLine: Line = { phase: 'closed', watermark: undefined, failures: 0 };

/** After so many failures the watermark itself may be what the server refuses: EventSource tells no status. */
const GIVE_UP_WATERMARK = 4;

/** 0.5 s doubling to 20 s, with jitter (`random` in 0..1) so that browsers don't come back in step. */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(20_000, 500 * 2 ** Math.min(failures, 8));
  return Math.round(ceiling * (0.5 + random / 2));
}

/** One step; an event that doesn't belong to the phase changes nothing. */
export function step(line: Line, event: LineEvent, random: number): [Line, LineEffect[]] {
  switch (event.type) {
    case 'start':
      return line.phase === 'closed' ? open(line) : [line, []];
    case 'opened':
      if (line.phase !== 'opening') return [line, []];
      return [
        { ...line, phase: 'open', failures: 0 },
        line.watermark === undefined ? [{ do: 'resync' }] : [],
      ];
    case 'event':
      return line.phase === 'open' ? [{ ...line, watermark: event.id || line.watermark }, []] : [line, []];
    case 'broken':
      return line.phase === 'open' || line.phase === 'opening' ? broken(line, random) : [line, []];
    case 'timer':
      return line.phase === 'waiting' ? open(line) : [line, []];
    case 'online':
      return line.phase === 'waiting' ? open({ ...line, failures: 0 }) : [line, []];
    case 'stop':
      return [closedLine, line.phase === 'closed' ? [] : [{ do: 'close' }]];
  }
}

function open(line: Line): [Line, LineEffect[]] {
  return [{ ...line, phase: 'opening' }, [{ do: 'open', watermark: line.watermark }]];
}

function broken(line: Line, random: number): [Line, LineEffect[]] {
  const failures = line.failures + 1;
  const watermark = failures >= GIVE_UP_WATERMARK ? undefined : line.watermark;
  const ms = backoffMs(line.failures, random);
  // It may be refused because of what it asks for, a conversation that is somebody else's by now: what is read again
  // decides what is followed.
  const doubt: LineEffect[] = failures % 4 === 2 ? [{ do: 'resync' }] : [];
  return [{ phase: 'waiting', watermark, failures }, [{ do: 'close' }, { do: 'wait', ms }, ...doubt]];
}
