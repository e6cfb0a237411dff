import type { Answer } from './call.ts';

export type Session = Answer<'GET /api/v1/session'>;
export type Person = Session['person'];
export type Desk = Answer<'GET /api/v1/desk'>;
/** A conversation in the desk's lists. */
export type DeskItem = Desk['waiting'][number];
export type DeskSettings = Answer<'GET /api/v1/desk/settings'>;
export type Conversation = Answer<'GET /api/v1/conversations/:id'>;
export type Message = Answer<'GET /api/v1/conversations/:id/messages'>['messages'][number];
export type TicketItem = Answer<'GET /api/v1/tickets'>['tickets'][number];
export type TicketDetail = Answer<'GET /api/v1/tickets/:id'>;
export type TicketSettings = Answer<'GET /api/v1/tickets/settings'>;
export type TicketState = TicketItem['state'];
export type Limit = TicketItem['due'];
export type Undelivered = Answer<'GET /api/v1/deliveries/undelivered'>['deliveries'][number];
export type MyChannels = Answer<'GET /api/v1/my/channels'>;
export type Entry = Answer<'GET /api/v1/entries/:id'>['entry'];
export type Revision = Answer<'GET /api/v1/entries/:id'>['revisions'][number];
export type Unanswered = Answer<'GET /api/v1/unanswered'>['questions'][number];
export type BroadcastItem = Answer<'GET /api/v1/broadcasts'>['broadcasts'][number];
export type Broadcast = Answer<'GET /api/v1/broadcasts/:id'>;
export type SavedFilters = Answer<'GET /api/v1/broadcast-filters'>;
export type Criteria = SavedFilters['filters'][number]['criteria'];
export type BroadcastState = Broadcast['state'];
export type Leave = Answer<'GET /api/v1/leaves'>['leaves'][number];
export type NoticeItem = Answer<'GET /api/v1/notices'>['notices'][number];
