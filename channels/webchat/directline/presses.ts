import type { Card, OutboundMessage } from '../../channel.ts';

const REMEMBERED = 20_000;

/** Which message a button was seen on, so that its card is redrawn in place when it is decided. */
export interface Presses {
  /** Call with every message that goes out. */
  note(messages: readonly OutboundMessage[]): void;
  /** The message of this button with its card as it now stands; undefined if it went out elsewhere. */
  redraw(token: string, conversationId: string, card: Card): OutboundMessage | undefined;
}

/** A memory of this process only: after a reload or in another process the store shows the decided card anyway. */
export function createPresses(): Presses {
  const seen = new Map<string, OutboundMessage>();
  const remember = (token: string, message: OutboundMessage) => {
    seen.delete(token);
    seen.set(token, message);
    if (seen.size > REMEMBERED) seen.delete(seen.keys().next().value ?? '');
  };
  return {
    note(messages) {
      for (const message of messages) {
        for (const { token } of message.card?.buttons ?? []) if (token) remember(token, message);
      }
    },
    redraw(token, conversationId, card) {
      const message = seen.get(token);
      return message?.conversationId === conversationId ? { ...message, card } : undefined;
    },
  };
}
