import type { Cited } from '../../knowledge/index.ts';
import type { Locale } from '../i18n/index.ts';

const HAN = /\p{Script=Han}/u;
/** Names that Chinese customers write in Latin letters, ticket numbers among them: they tell no language. */
const TERMS =
  /\b(\d+[a-z]+|[a-z]+\d[a-z0-9]*|wi-?fi|volte|apn|iptv|esim|e-sim|sim|app|vip|pin|puk|ok|kb|mb|gb|qq|sms|vpn|http\S*|\S+@\S+)\b/gi;
/** Words that a customer says who speaks English; 「menu」 and 「ok」 anybody says. */
const SHORT = /^(hi|hello|hey|human|agent|person|thanks|thank you|bye|goodbye|operator|complaint)\W*$/i;

/**
 * The language of a message; undefined where it shows none (digits, emoji, 「5G」), so that the conversation keeps
 * the language that it has.
 */
export function languageOf(text: string): Locale | undefined {
  if (HAN.test(text)) return 'zh-CN';
  if (SHORT.test(text.trim())) return 'en';
  const words = text.replace(TERMS, ' ').match(/[a-z]+(?:['’][a-z]+)?/gi) ?? [];
  return words.filter((word) => word.length > 1).length >= 2 ? 'en' : undefined;
}

/** The language in which the knowledge is asked: the message's, and where it shows none the conversation's. */
export function spokenIn(text: string, conversation: Locale): Cited['language'] {
  return (languageOf(text) ?? conversation) === 'en' ? 'en' : 'zh';
}
