import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, closedLine, type Line, type LineEvent, step } from './line.ts';

/** Runs events through the machine; returns where it is and all that it asked for. */
function run(...events: LineEvent[]) {
  let line: Line = closedLine;
  const asked = events.flatMap((event) => {
    const [next, effects] = step(line, event, 0.5);
    line = next;
    return effects;
  });
  return { line, asked };
}

const opened: LineEvent[] = [{ type: 'start' }, { type: 'opened' }];
const broken: LineEvent = { type: 'broken' };
const timer: LineEvent = { type: 'timer' };

describe('the live line', () => {
  it('begins now and has everything read once it stands', () => {
    expect(run(...opened).asked).toEqual([{ do: 'open', watermark: undefined }, { do: 'resync' }]);
  });

  it('comes back with the id of the last event, and then has nothing read again', () => {
    const events: LineEvent[] = [...opened, { type: 'event', id: 'w1' }, { type: 'event', id: 'w2' }];
    const { asked } = run(...events, broken, timer, { type: 'opened' });
    expect(asked.filter((each) => each.do === 'open').at(-1)).toEqual({ do: 'open', watermark: 'w2' });
    expect(asked.filter((each) => each.do === 'resync')).toHaveLength(1);
  });

  it('reads everything again after a break before any event: nothing says what was missed', () => {
    const { asked } = run(...opened, broken, timer, { type: 'opened' });
    expect(asked.filter((each) => each.do === 'resync')).toHaveLength(2);
  });

  it('lets go of a watermark that may be what the server refuses', () => {
    const tries = Array.from({ length: 4 }, () => [broken, timer]).flat();
    const { asked, line } = run(...opened, { type: 'event', id: 'old' }, ...tries, { type: 'opened' });
    expect(asked.filter((each) => each.do === 'open').at(-1)).toEqual({ do: 'open', watermark: undefined });
    expect(asked.at(-1)).toEqual({ do: 'resync' });
    expect(line).toMatchObject({ phase: 'open', failures: 0 });
  });

  it('waits longer after each failure, never beyond 20 s, never less than half of it', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const ceiling = Math.min(20_000, 500 * 2 ** failures);
        const ms = backoffMs(failures, random);
        expect(ms).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
        expect(ms).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  it('never has two connections, and none left behind, whatever happens in whatever order', () => {
    const event = fc.oneof(
      fc.constantFrom<LineEvent>(
        { type: 'start' },
        { type: 'opened' },
        broken,
        timer,
        { type: 'online' },
        { type: 'stop' },
      ),
      fc.string().map((id): LineEvent => ({ type: 'event', id })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let connections = 0;
        const { asked, line } = run(...events, { type: 'stop' });
        for (const effect of asked) {
          if (effect.do === 'open') connections += 1;
          if (effect.do === 'close') connections = 0;
          expect(connections).toBeLessThanOrEqual(1);
        }
        expect(connections).toBe(0);
        expect(line).toEqual(closedLine);
      }),
    );
  });
});
