import { type Command, command } from '../command.ts';
import { readMeeting } from './read.ts';
import { isWriting, minutesTyped, showMeetings } from './talk.ts';

function asksToWrite(text: string): boolean {
  const said = readMeeting(text);
  return said !== undefined && isWriting(said);
}

/** The rows about meetings. */
export const MEETING_COMMANDS: readonly Command[] = [
  command('minutes', 'meeting.write', asksToWrite, minutesTyped, { group: 'duty' }),
  command('meetings', 'meeting.read', (text) => readMeeting(text) !== undefined, showMeetings, {
    group: 'duty',
  }),
];
