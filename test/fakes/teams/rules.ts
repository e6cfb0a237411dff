import { z } from 'zod';

/** What the connector takes, as published; anything that we didn't find in the documents is refused. */
const action: z.ZodType = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('Action.Execute'),
    title: z.string().min(1).optional(),
    verb: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
    style: z.enum(['positive', 'destructive']).optional(),
    fallback: z.lazy(() => action).optional(),
  }),
  z.strictObject({
    type: z.literal('Action.Submit'),
    title: z.string().min(1),
    data: z.record(z.string(), z.unknown()),
    style: z.enum(['positive', 'destructive']).optional(),
  }),
]);

const element = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('TextBlock'),
    text: z.string().min(1),
    weight: z.enum(['Default', 'Lighter', 'Bolder']).optional(),
    size: z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']).optional(),
    wrap: z.boolean().optional(),
    separator: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('FactSet'),
    facts: z.array(z.strictObject({ title: z.string(), value: z.string() })).min(1),
  }),
  z.strictObject({ type: z.literal('ActionSet'), actions: z.array(action).min(1).max(6) }),
]);

export const adaptiveCard = z.strictObject({
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.5'),
  fallbackText: z.string().optional(),
  refresh: z
    .strictObject({
      action: z.strictObject({ type: z.literal('Action.Execute'), verb: z.string(), data: z.unknown() }),
      userIds: z.array(z.string().startsWith('29:')).min(1).max(60).optional(),
    })
    .optional(),
  body: z.array(element).min(1),
});

const party = z.looseObject({ id: z.string().min(1) });
const about = {
  channelId: z.literal('msteams'),
  serviceUrl: z.url(),
  conversation: z.looseObject({ id: z.string() }),
  from: party,
  recipient: party.optional(),
  locale: z.string().optional(),
  inputHint: z.string().optional(),
  id: z.string().optional(),
};

/** An activity that a bot sends. */
export const outgoing = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('typing'), ...about }),
  z
    .strictObject({
      type: z.literal('message'),
      ...about,
      text: z.string().min(1).optional(),
      textFormat: z.enum(['plain', 'markdown', 'xml']).optional(),
      summary: z.string().optional(),
      attachments: z
        .array(
          z.discriminatedUnion('contentType', [
            z.strictObject({
              contentType: z.literal('application/vnd.microsoft.card.adaptive'),
              content: adaptiveCard,
            }),
            z.strictObject({
              contentType: z.enum(['image/png', 'image/jpeg', 'image/gif']),
              name: z.string(),
              contentUrl: z.string().startsWith('data:image/'),
            }),
          ]),
        )
        .optional(),
      suggestedActions: z
        .strictObject({
          to: z.array(z.string()),
          actions: z
            .array(z.strictObject({ type: z.literal('imBack'), title: z.string(), value: z.string() }))
            .min(1)
            .max(6),
        })
        .optional(),
    })
    .refine(({ text, attachments }) => text || attachments?.length, 'an empty message')
    .refine(
      ({ text = '', textFormat }) => textFormat !== 'xml' || isXml(text),
      'not well formed, or a tag that Teams drops',
    )
    .refine(({ suggestedActions, attachments }) => !(suggestedActions && attachments?.length), {
      error: 'suggested actions beside attachments',
    }),
]);

export type Outgoing = z.infer<typeof outgoing>;

/** The size in UTF-16, pictures aside. */
export function sizeOf(body: Outgoing): number {
  const bare = JSON.stringify(body, (key, value) => (key === 'contentUrl' ? '' : value));
  return 2 * bare.length;
}

/** The tags that a text may have: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages */
const TAG = /^<(?:br\/|(\/)?(b|i|pre|code|a)(?: href="https:\/\/[^"<>]*")?)>$/;

function isXml(text: string): boolean {
  const open: string[] = [];
  for (const tag of text.match(/<[^<>]*>/g) ?? []) {
    const read = TAG.exec(tag);
    if (!read) return false;
    const [, closes, name] = read;
    if (name && !closes) open.push(name);
    if (closes && open.pop() !== name) return false;
  }
  const bare = text.replace(/<[^<>]*>/g, '').replace(/&(?:amp|lt|gt|quot);/g, '');
  return open.length === 0 && !/[<>&]/.test(bare);
}

const WORDS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** What a client shows of a message's text. */
export const shown = (xml: string): string =>
  xml
    .replaceAll('<br/>', '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot);/g, (_, word: string) => WORDS[word] ?? '');
