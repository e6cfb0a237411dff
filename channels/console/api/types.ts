import type { Answer } from './call.ts';

export type Session = Answer<'GET /api/v1/session'>;
export type Person = Session['person'];
export type Desk = Answer<'GET /api/v1/desk'>;
/** A conversation in the desk's lists. */
export type DeskItem = Desk['waiting'][number];
export type DeskSettings = Answer<'GET /api/v1/desk/settings'>;
export type Conversation = Answer<'GET /api/v1/conversations/:id'>;
export type Message = Answer<'GET /api/v1/conversations/:id/messages'>['messages'][number];
