import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, type Effect, idle, type Link, type LinkEvent, step } from './link.ts';

/** A transport on paper: tells the machine what happened, notes what it wants. */
function run(events: LinkEvent[], from: Link = idle): { link: Link; wants: string[] } {
  let link = from;
  const wants: string[] = [];
  for (const event of events) {
    const [next, effects] = step(link, event, 0.5);
    link = next;
    wants.push(...effects.map((effect) => effect.do));
  }
  return { link, wants };
}

const url = 'ws://server/stream';
const ready: LinkEvent = { type: 'ready', streamUrl: url };
const lost: LinkEvent = { type: 'failed', fault: 'network' };
const opened: LinkEvent[] = [
  { type: 'open', stored: false },
  ready,
  { type: 'socketOpen' },
  { type: 'frame' },
];

describe('the connection of the chat', () => {
  it('starts a conversation and follows its stream', () => {
    expect(run(opened)).toMatchObject({ link: { phase: 'live', attempt: 0 }, wants: ['start', 'connect'] });
  });

  it('resumes what the last page left, then asks for the history', () => {
    const { wants } = run([{ type: 'open', stored: true }, { type: 'resumed' }, ready]);
    expect(wants).toEqual(['resume', 'reconnect', 'connect']);
  });

  it('comes back after a dropped socket with the same conversation', () => {
    const { link, wants } = run([
      ...opened,
      { type: 'socketClosed' },
      { type: 'timer' },
      ready,
      { type: 'socketOpen' },
    ]);
    expect(wants.slice(2)).toEqual(['wait', 'reconnect', 'connect']);
    expect(link.phase).toBe('live');
  });

  it('does not wait out the pause when the network is back', () => {
    expect(run([...opened, { type: 'socketClosed' }, { type: 'online' }]).wants.at(-1)).toBe('reconnect');
  });

  it('resumes with the key when the token has expired', () => {
    const away: LinkEvent[] = [...opened, { type: 'socketClosed' }, { type: 'online' }];
    const { wants } = run([...away, { type: 'failed', fault: 'expired' }, { type: 'resumed' }, ready]);
    expect(wants.slice(-4)).toEqual(['reconnect', 'resume', 'reconnect', 'connect']);
  });

  it.each(['gone', 'expired', 'refused'] as const)(
    'begins anew and says so when resuming is answered with %s',
    (fault) => {
      const { wants } = run([
        { type: 'open', stored: true },
        { type: 'failed', fault },
      ]);
      expect(wants).toEqual(['resume', 'tellGone', 'hangUp', 'start']);
    },
  );

  it('keeps the old conversation when only the network fails while resuming', () => {
    const { wants } = run([{ type: 'open', stored: true }, lost, { type: 'timer' }]);
    expect(wants).toEqual(['resume', 'wait', 'resume']);
  });

  it('polls where WebSockets never open', () => {
    const refusedSocket: LinkEvent[] = [ready, { type: 'socketClosed' }, { type: 'timer' }];
    const { link, wants } = run([
      { type: 'open', stored: false },
      ...refusedSocket,
      ...refusedSocket,
      ready,
      { type: 'polled' },
    ]);
    expect(link.phase).toBe('polling');
    expect(wants.slice(-2)).toEqual(['poll', 'poll']);
  });

  it('waits as long as a busy server asks', () => {
    const [, effects] = step(
      run([{ type: 'open', stored: false }]).link,
      { type: 'failed', fault: 'busy', retryAfterMs: 9000 },
      0.5,
    );
    expect(effects).toEqual([{ do: 'wait', ms: 9000 }]);
  });

  it('backs off to half a minute at most, with jitter', () => {
    expect(backoffMs(0, 0)).toBe(250);
    expect(backoffMs(0, 1)).toBe(500);
    expect(backoffMs(50, 1)).toBe(30_000);
  });
});

describe('whatever happens, in whatever order', () => {
  const event: fc.Arbitrary<LinkEvent> = fc.oneof(
    fc.record({ type: fc.constant('open' as const), stored: fc.boolean() }),
    fc.constantFrom<LinkEvent>(
      ready,
      { type: 'ready', streamUrl: undefined },
      { type: 'resumed' },
      { type: 'socketOpen' },
    ),
    fc.constantFrom<LinkEvent>(
      { type: 'socketClosed' },
      { type: 'frame' },
      { type: 'polled' },
      { type: 'timer' },
      { type: 'online' },
      { type: 'lost' },
    ),
    fc.record({
      type: fc.constant('failed' as const),
      fault: fc.constantFrom(
        'network' as const,
        'expired' as const,
        'gone' as const,
        'busy' as const,
        'refused' as const,
      ),
    }),
  );
  const work: Effect['do'][] = ['start', 'resume', 'reconnect', 'connect', 'poll', 'wait'];

  it('begins exactly one piece of work with each change of phase, so it neither hangs nor does two things at once', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (events, random) => {
          let link = idle;
          for (const happened of events) {
            const [next, effects] = step(link, happened, random);
            const begun = effects.filter((effect) => work.includes(effect.do)).length;
            // 'connecting' becomes 'live' on the same socket; all else that moves begins something.
            const moved = next.phase !== link.phase && next.phase !== 'live';
            expect(begun).toBe(moved || effects.length > 0 ? 1 : 0);
            for (const effect of effects)
              if (effect.do === 'wait') expect(effect.ms).toBeLessThanOrEqual(30_000);
            link = next;
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never asks twice at once of a server that answers every call with the same refusal', () => {
    for (const fault of ['expired', 'gone', 'refused'] as const) {
      let link = run([...opened, { type: 'socketClosed' }, { type: 'timer' }]).link;
      let calls = 0;
      for (let at = 0; at < 50 && link.phase !== 'waiting'; at += 1) {
        [link] = step(link, { type: 'failed', fault }, 0.5);
        calls += 1;
      }
      expect(calls).toBeLessThanOrEqual(3);
    }
  });

  it('does not spin when each resume succeeds and its token is refused again', () => {
    let link = run([...opened, { type: 'socketClosed' }, { type: 'online' }]).link;
    let rounds = 0;
    for (; rounds < 50 && link.phase === 'reconnecting'; rounds += 1) {
      ({ link } = run([{ type: 'failed', fault: 'expired' }, { type: 'resumed' }], link));
    }
    expect(link.phase).toBe('waiting');
    expect(rounds).toBeLessThanOrEqual(2);
  });
});
