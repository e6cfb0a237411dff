import { bold, escapeHtml, markdownHtml } from '../kit/html.ts';

/**
 * A message's text in the XML that Teams shows on all its clients: bold, italic, preformatted and links in a text, but
 * neither headings, lists nor tables. Unlike its markdown it has an escape for everything that people type.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const answerText = (markdown: string): string => broken(markdownHtml(markdown));

/** What a person wrote, as they wrote it, under their name. */
export const spokenText = (text: string, name?: string): string =>
  broken(`${name ? `${bold(name)}\n` : ''}${escapeHtml(text)}`);

/** XML takes a line break for a space. */
const broken = (html: string): string =>
  html
    .split(/(<pre>[\s\S]*?<\/pre>)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll('\n', '<br/>')))
    .join('');

/**
 * Bytes of one whole message, in UTF-16 as Teams counts. Its page has named 28, 40 and 100 KB over the years; the least of
 * them holds in every cloud. Pictures in the message don't count. A text may take this much of it: the rest is for a
 * card, buttons and links to files.
 */
export const TEXT_BYTES = 20_000;

/** However it will be read: the bot's answers as Markdown, a person's words as they are. */
export const bytesOf = (text: string): number =>
  2 * Math.max(answerText(text).length, spokenText(text).length);
