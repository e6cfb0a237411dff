import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Entry } from '../entries.ts';
import type { PlannedShift } from '../types.ts';

/** A colleague's shifts as a calendar shows them. */
export interface Feed {
  readonly name: string;
  readonly personId: string;
  /** Rises with each change of their roster. */
  readonly version: number;
  readonly entries: readonly Entry[];
  /** Their shifts that are no longer planned. */
  readonly cancelled: readonly PlannedShift[];
  titleOf(shiftName: string): string;
  /** Epoch ms: when it was asked for. */
  readonly now: number;
}

/**
 * The calendar file (RFC 5545), instants in UTC. A shift keeps its UID whatever becomes of it; what was cancelled or is
 * somebody else's now stays with STATUS:CANCELLED; SEQUENCE is the roster's version, so it rises on every change.
 */
export function calendarOf(feed: Feed): string {
  const calendar = ical({
    name: feed.name,
    prodId: { company: 'Yingda', product: 'roster', language: 'ZH' },
  });
  calendar.method(ICalCalendarMethod.PUBLISH);
  const event = (uid: string, from: number, to: number, name: string, off: boolean) =>
    calendar.createEvent({
      ...{ id: `${uid}@yingda`, start: new Date(from), end: new Date(to), stamp: new Date(feed.now) },
      ...{ summary: feed.titleOf(name), sequence: feed.version },
      status: off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  for (const [shiftId, entries] of byShift(feed.entries)) {
    const uid = `${shiftId}.${feed.personId}`;
    const had = entries.filter(({ state }) => state !== 'away');
    for (const [index, { from, to, name }] of had.entries())
      event(index === 0 ? uid : `${uid}.${index + 1}`, from, to, name, false);
    const [first] = entries;
    if (had.length === 0 && first) event(uid, first.startsAt, first.endsAt, first.name, true);
  }
  for (const { id, startsAt, endsAt, name } of feed.cancelled)
    event(`${id}.${feed.personId}`, startsAt, endsAt, name, true);
  return calendar.toString();
}

function byShift(entries: readonly Entry[]): Map<string, Entry[]> {
  const shifts = new Map<string, Entry[]>();
  for (const entry of entries) shifts.set(entry.shiftId, [...(shifts.get(entry.shiftId) ?? []), entry]);
  return shifts;
}
