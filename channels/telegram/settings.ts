import { z } from 'zod';

/** The settings of a bot 机器人, as @BotFather and the Bot API name them (core.telegram.org/bots/api). */
export const settings = z
  .strictObject({
    /** The bot's token: `123456:ABC…`. */
    token: z.string().regex(/^\d{1,20}:[\w-]{20,100}$/, 'token: must be the token that @BotFather gave'),
    mode: z.enum(['webhook', 'polling'], 'mode: must be webhook or polling').default('webhook'),
    /** `secret_token` of setWebhook, which every request of Telegram then carries. Ours is longer than it must be. */
    secretToken: z
      .string()
      .regex(/^[\w-]{16,256}$/, 'secretToken: must be 16 to 256 letters, digits, _ and -')
      .optional(),
    /** Another Bot API server than Telegram's own. */
    apiRoot: z
      .url({ protocol: /^https?$/, error: 'apiRoot: must be an http or https address' })
      .transform((url) => url.replace(/\/+$/, ''))
      .default('https://api.telegram.org'),
    /** For people whose app tells no language. */
    locale: z.string().default('zh-CN'),
  })
  .refine(({ mode, secretToken }) => mode === 'polling' || secretToken !== undefined, {
    error: 'secretToken: must be set in webhook mode',
    path: ['secretToken'],
  });

export type Settings = z.infer<typeof settings>;
