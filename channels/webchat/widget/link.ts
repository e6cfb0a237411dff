import type { Fault } from './api.ts';

/**
 * The connection (连接) as a pure state machine: what happened → where we are and what to do now.
 * Exactly one thing is under way in every phase but `idle`: a call, a socket, a poll or a timer, so it never hangs.
 */
export type Phase =
  | 'idle'
  | 'starting'
  | 'resuming'
  | 'reconnecting'
  | 'connecting'
  | 'live'
  | 'polling'
  | 'waiting';

type Call = 'start' | 'resume' | 'reconnect';

export interface Link {
  phase: Phase;
  /** What the timer of `waiting` will do. */
  next: Call;
  /** Failures in a row, for the backoff. */
  attempt: number;
  /** Sockets in a row that never opened: a proxy that blocks WebSockets. */
  deadSockets: number;
}

export type LinkEvent =
  | { type: 'open'; stored: boolean }
  | { type: 'ready'; streamUrl?: string | undefined }
  | { type: 'resumed' }
  | { type: 'socketOpen' }
  | { type: 'socketClosed' }
  | { type: 'frame' }
  | { type: 'polled' }
  | { type: 'failed'; fault: Fault; retryAfterMs?: number }
  /** A post was told that the conversation is gone. */
  | { type: 'lost' }
  | { type: 'timer' }
  | { type: 'online' };

export type Effect =
  | { do: Call }
  | { do: 'connect'; streamUrl: string }
  | { do: 'poll' }
  | { do: 'wait'; ms: number }
  | { do: 'hangUp' }
  | { do: 'tellGone' };

export const idle: Link = { phase: 'idle', next: 'start', attempt: 0, deadSockets: 0 };

/** After this many sockets that never opened, the widget asks by polling instead. */
const socketsBeforePolling = 2;
const phaseOf: Record<Call, Phase> = { start: 'starting', resume: 'resuming', reconnect: 'reconnecting' };
const calling: readonly Phase[] = ['starting', 'resuming', 'reconnecting', 'polling'];

/** Backoff in milliseconds: 0.5 s doubling to 30 s, with jitter (`random` in 0..1) so that clients don't return in step. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + random / 2));
}

/** One step. An event that does not belong to the phase (a late answer, a second close) changes nothing. */
export function step(link: Link, event: LinkEvent, random: number): [Link, Effect[]] {
  switch (event.type) {
    case 'open':
      return link.phase === 'idle' ? begin(link, event.stored ? 'resume' : 'start') : [link, []];
    case 'resumed':
      return link.phase === 'resuming' ? begin(link, 'reconnect') : [link, []];
    case 'ready':
      return link.phase === 'starting' || link.phase === 'reconnecting'
        ? attach(link, event.streamUrl)
        : [link, []];
    case 'socketOpen':
      return link.phase === 'connecting' ? [{ ...link, phase: 'live', deadSockets: 0 }, []] : [link, []];
    case 'frame':
      return link.phase === 'live' ? [{ ...link, attempt: 0 }, []] : [link, []];
    case 'polled':
      return link.phase === 'polling' ? [{ ...link, attempt: 0 }, [{ do: 'poll' }]] : [link, []];
    case 'socketClosed':
      return closed(link, random);
    case 'failed':
      return calling.includes(link.phase)
        ? failed(link, event.fault, event.retryAfterMs ?? 0, random)
        : [link, []];
    case 'lost':
      return link.phase === 'idle' || link.phase === 'starting' ? [link, []] : gone(link, random);
    case 'timer':
      return link.phase === 'waiting' ? begin(link, link.next) : [link, []];
    case 'online':
      return link.phase === 'waiting'
        ? begin({ ...link, attempt: 0, deadSockets: 0 }, link.next)
        : [link, []];
  }
}

function begin(link: Link, call: Call): [Link, Effect[]] {
  return [{ ...link, phase: phaseOf[call] }, [{ do: call }]];
}

function wait(link: Link, next: Call, random: number, atLeastMs = 0): [Link, Effect[]] {
  const ms = Math.max(atLeastMs, backoffMs(link.attempt, random));
  return [{ ...link, phase: 'waiting', next, attempt: link.attempt + 1 }, [{ do: 'wait', ms }]];
}

function attach(link: Link, streamUrl: string | undefined): [Link, Effect[]] {
  if (streamUrl && link.deadSockets < socketsBeforePolling) {
    return [{ ...link, phase: 'connecting' }, [{ do: 'connect', streamUrl }]];
  }
  return [{ ...link, phase: 'polling' }, [{ do: 'poll' }]];
}

function closed(link: Link, random: number): [Link, Effect[]] {
  if (link.phase === 'connecting') {
    return wait({ ...link, deadSockets: link.deadSockets + 1 }, 'reconnect', random);
  }
  return link.phase === 'live' ? wait(link, 'reconnect', random) : [link, []];
}

function failed(link: Link, fault: Fault, retryAfterMs: number, random: number): [Link, Effect[]] {
  const during = link.phase;
  if (fault === 'expired' && during !== 'resuming' && during !== 'starting') {
    // A token that the server has just renewed and refuses again must not spin: the second time waits.
    return link.attempt === 0 ? begin({ ...link, attempt: 1 }, 'resume') : wait(link, 'resume', random);
  }
  const lost = fault === 'gone' || (during === 'resuming' && (fault === 'expired' || fault === 'refused'));
  if (lost && during !== 'starting') return gone(link, random);
  const again: Call = during === 'starting' ? 'start' : during === 'resuming' ? 'resume' : 'reconnect';
  return wait(link, again, random, retryAfterMs);
}

/** A new conversation, at once the first time, later with a pause: a server that forgets each one must not be hammered. */
function gone(link: Link, random: number): [Link, Effect[]] {
  const [next, effects] =
    link.attempt === 0 ? begin({ ...link, attempt: 1 }, 'start') : wait(link, 'start', random);
  return [next, [{ do: 'tellGone' }, { do: 'hangUp' }, ...effects]];
}
