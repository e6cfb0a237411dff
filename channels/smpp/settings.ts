import { z } from 'zod';
import { smsSettings } from '../kit/sms/settings.ts';

const octet = z.number().int().min(0).max(255);
const idForm = z.enum(['text', 'hex', 'decimal']).default('text');

/** One bind to an SMSC. Names as in SMPP 3.4 and in providers' letters of access. */
export const settings = z.strictObject({
  host: z.string().min(1),
  port: z.coerce.number().int().min(1).max(65_535).default(2775),
  /** True, or with a certificate authority of the provider's own (PEM) and the name in its certificate. */
  tls: z
    .union([z.boolean(), z.strictObject({ ca: z.string().optional(), servername: z.string().optional() })])
    .default(false),
  /** §5.2.1, §5.2.2: 15 and 8 characters. Longer passwords are common, and the SMSC's affair. */
  systemId: z.string().min(1).max(15),
  password: z.string().max(64),
  systemType: z.string().max(12).default(''),
  serviceType: z.string().max(5).default(''),
  /** §5.2.7: addresses whose messages come to this bind; empty where the SMSC knows. */
  addressRange: z.string().max(40).default(''),
  /** Our own number or name. TON and NPI as the SMSC wants them: §5.2.5, §5.2.6. */
  source: z.strictObject({ address: z.string().max(20), ton: octet.default(0), npi: octet.default(1) }),
  /** International numbers without `+`, unless the SMSC wants something else. */
  destination: z.strictObject({ ton: octet.default(1), npi: octet.default(1) }).prefault({}),
  /** What the SMSC takes data_coding 0 for. */
  alphabet: z.enum(['gsm', 'latin1']).default('gsm'),
  /** Requests without an answer at a time: §2.7 leaves it to the two sides. */
  window: z.number().int().min(1).max(100).default(10),
  /** Seconds. */
  enquireLink: z.number().min(0.05).default(30),
  responseTimeout: z.number().min(0.05).default(15),
  receipts: z.boolean().default(true),
  /** How the SMSC writes a message's id in submit_sm_resp, and in receipts. */
  messageIds: z.strictObject({ response: idForm, receipt: idForm }).prefault({}),
  /** The provider's own codes for "this number has opted out": SMPP has none. */
  blockedCodes: z.array(z.number().int().positive()).default([]),
  /** Number of the TLV in which the SMSC gives each incoming message an id of its own, if it does. */
  idTlv: z.number().int().min(1).max(0xffff).optional(),
  /** Seconds until a message is passed on although a part of it is missing. */
  partsTimeout: z.number().min(0.05).default(120),
  /** Seconds after a broken link in which an equal message counts as the SMSC's repeat. */
  repeatWindow: z.number().min(1).default(600),
  ...smsSettings,
});

export type Settings = z.infer<typeof settings>;
