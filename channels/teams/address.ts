import { z } from 'zod';

/** Where a conversation is answered, from whatever last came from it: what `thread` is told and `send` is given. */
export const address = z.object({
  serviceUrl: z.url(),
  conversation: z.string().min(1),
  type: z.enum(['personal', 'groupChat', 'channel']),
  tenant: z.string().optional(),
  /** The bot's id in Teams: `28:` and the app id. */
  bot: z.string(),
  /** Whom a 1:1 chat is with: `29:…`. */
  user: z.string().optional(),
});

export type Address = z.infer<typeof address>;

/** @returns undefined where no address was kept, or one that this version doesn't understand */
export function readAddress(kept: string): Address | undefined {
  try {
    return address.safeParse(JSON.parse(kept)).data;
  } catch {
    return undefined;
  }
}
