import { z } from 'zod';
import { smsSettings } from '../kit/sms/settings.ts';

const origin = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/** An account of a Twilio-compatible provider. The names are those of Twilio's console and REST API. */
export const settings = z
  .strictObject({
    accountSid: z.string().min(1),
    /** Signs the webhooks, and opens the REST API unless there is an API key. */
    authToken: z.string().min(1),
    apiKey: z.strictObject({ sid: z.string().min(1), secret: z.string().min(1) }).optional(),
    from: z.string().min(1).optional(),
    messagingServiceSid: z.string().min(1).optional(),
    apiBaseUrl: origin.default('https://api.twilio.com'),
    /** Where the API may send us on to for a file. Credentials go to the API alone. */
    mediaHosts: z
      .array(z.string())
      .default(['mms.twiliocdn.com', 'media.twiliocdn.com', 's3-external-1.amazonaws.com']),
    statusCallbacks: z.boolean().default(true),
    /** Milliseconds for one request to the API. */
    timeout: z.number().int().min(1000).default(15_000),
    ...smsSettings,
  })
  .refine(({ from, messagingServiceSid }) => from || messagingServiceSid, {
    message: 'set from or messagingServiceSid',
  });

export type Settings = z.infer<typeof settings>;
