import { z } from 'zod';

// Ids of the platform are some hundred characters; they become keys of ours, so they end somewhere.
const id = z.string().min(1).max(1024);
const party = z.looseObject({ id, name: z.string().optional(), aadObjectId: id.optional() });
const maybe = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);

/**
 * What Teams posts, as far as we read it.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
 */
export const activity = z.looseObject({
  type: z.string(),
  channelId: z.string(),
  serviceUrl: z.string().min(1),
  id: maybe(id),
  name: maybe(z.string()),
  from: party,
  recipient: party,
  conversation: z.looseObject({
    id,
    conversationType: maybe(z.string()),
    tenantId: maybe(z.string()),
  }),
  text: maybe(z.string()),
  locale: maybe(z.string().max(35)),
  value: z.unknown().optional(),
  membersAdded: maybe(z.array(party)),
  entities: maybe(
    z.array(
      z.looseObject({
        type: maybe(z.string()),
        text: maybe(z.string()),
        mentioned: maybe(z.looseObject({ id: maybe(z.string()), name: maybe(z.string()) })),
      }),
    ),
  ),
  attachments: maybe(
    z.array(
      z.looseObject({
        contentType: maybe(z.string()),
        contentUrl: maybe(z.string().max(8192)),
        name: maybe(z.string().max(1024)),
        content: z.unknown().optional(),
      }),
    ),
  ),
  channelData: maybe(
    z.looseObject({
      eventType: maybe(z.string()),
      tenant: maybe(z.looseObject({ id: maybe(z.string()) })),
    }),
  ),
});

export type Activity = z.infer<typeof activity>;

/** The names of the scopes: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-basics */
export type Scope = 'personal' | 'groupChat' | 'channel';

/** A kind that we don't know counts as a group: nobody is answered there who didn't ask. */
export function scopeOf({ conversation: { conversationType } }: Activity): Scope {
  if (conversationType === 'personal' || conversationType === 'channel') return conversationType;
  return 'groupChat';
}

export function tenantOf({ channelData, conversation }: Activity): string | undefined {
  return (channelData?.tenant?.id ?? conversation.tenantId)?.toLowerCase();
}

/** The person who did it: the object id in Entra, which stays the same in every chat; guests of a meeting have none. */
export const personOf = ({ from }: Activity): string => from.aadObjectId?.toLowerCase() ?? from.id;

/**
 * What a conversation is known by: a 1:1 chat by its person, so that a press of theirs in a group (`by`) names the same
 * key; a group by its own id; a thread of a channel by the channel's id with the thread's first message in it.
 */
export function keyOf(activity: Activity): string {
  return scopeOf(activity) === 'personal' ? personOf(activity) : activity.conversation.id;
}
