import { randomUUID } from 'node:crypto';
import { replies } from './directline-replies.ts';

/** An activity as the wire has it; the peer looks into few of its fields. */
export interface Activity {
  type: string;
  id?: string;
  text?: string;
  value?: unknown;
  from?: { id?: string; name?: string; role?: string };
  channelData?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface ActivitySet {
  activities: Activity[];
  watermark: string;
}

/** One conversation: its activities, its keys, who follows it. */
export class Room {
  readonly id = `conv-${randomUUID()}`;
  readonly token = `token-${randomUUID()}`;
  resumeKey = `key-${randomUUID()}`;
  gone = false;
  readonly activities: Activity[] = [];
  /** What clients posted, repeats and refused ones too. */
  readonly posted: Activity[] = [];
  private readonly followers = new Set<(set: ActivitySet) => void>();
  private readonly streamBase: string;

  constructor(streamBase: string) {
    this.streamBase = streamBase;
  }

  info(watermark: number | string = '-') {
    const streamUrl = `${this.streamBase}/v3/directline/conversations/${this.id}/stream?watermark=${watermark}&t=x`;
    return {
      conversationId: this.id,
      token: this.token,
      expires_in: 1800,
      resumeKey: this.resumeKey,
      streamUrl,
    };
  }

  rotate(): void {
    this.resumeKey = `key-${randomUUID()}`;
  }

  since(watermark: number): ActivitySet {
    return { activities: this.activities.slice(watermark), watermark: String(this.activities.length) };
  }

  follow(watermark: number, send: (set: ActivitySet) => void): () => void {
    this.followers.add(send);
    if (this.activities.length > watermark) send(this.since(watermark));
    return () => this.followers.delete(send);
  }

  /** Takes a client's message in; a repeat of its clientActivityID gets the first id and changes nothing. */
  take(activity: Activity): [id: string, isNew: boolean] {
    this.posted.push(activity);
    const clientId = activity.channelData?.clientActivityID;
    const before = this.activities.find((one) => clientId && one.channelData?.clientActivityID === clientId);
    if (before) return [before.id ?? '', false];
    return [this.add({ ...activity, from: { id: 'dl_visitor', role: 'user' } }), true];
  }

  say(activity: Activity): void {
    if (activity.type === 'typing') {
      this.tell({
        activities: [{ from: { id: 'bot', role: 'bot' }, ...activity }],
        watermark: String(this.activities.length),
      });
      return;
    }
    this.add({ from: { id: 'bot', role: 'bot' }, ...activity });
  }

  private add(activity: Activity): string {
    const id = `${this.id}|${String(this.activities.length + 1).padStart(7, '0')}`;
    this.activities.push({ ...activity, id, timestamp: new Date().toISOString() });
    this.tell(this.since(this.activities.length - 1));
    return id;
  }

  private tell(set: ActivitySet): void {
    for (const send of this.followers) send(set);
  }
}

export class Rooms {
  readonly all: Room[] = [];
  streamBase = '';
  site: Record<string, unknown> = {
    site: 'demo',
    name: '晨星通信',
    locale: 'zh-CN',
    accent: '#1557c0',
    greeting: '您好，我是晨星通信智能客服，请直接说出您的问题。',
  };

  create(): Room {
    const room = new Room(this.streamBase);
    this.all.push(room);
    return room;
  }

  find(id: string | undefined): Room | undefined {
    return this.all.find((room) => room.id === id);
  }

  byToken(token: string | undefined): Room | undefined {
    return this.all.find((room) => room.token === token);
  }

  /** The conversation begun last. */
  get last(): Room {
    const room = this.all.at(-1);
    if (!room) throw new Error('no conversation yet');
    return room;
  }
}

/** The peer's bot: fixed words for the questions that the tests ask. */
export function answer(room: Room, activity: Activity): void {
  room.say({ type: 'typing' });
  for (const reply of replies(activity.text ?? '', activity.value)) room.say({ type: 'message', ...reply });
}
