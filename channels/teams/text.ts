/**
 * Our markdown as Teams shows it in a message's text on all its clients: bold, emphasis, code and links. Headings become bold
 * lines and tables lines; a single line break would be swallowed.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export function teamsText(markdown: string): string {
  const parts = markdown.replace(/\r\n?/g, '\n').split(/(^```[^\n]*\n[\s\S]*?^```[ \t]*$)/m);
  return parts
    .map((part, at) => (at % 2 === 1 ? part : prose(part)))
    .map((part) => part.trim())
    .filter(Boolean)
    .join('\n\n');
}

function prose(text: string): string {
  return text
    .split('\n')
    .filter((line) => !ruler.test(line))
    .map(proseLine)
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** The line between a table's head and its rows. */
const ruler = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;

function proseLine(line: string): string {
  // Markup in a text is nobody's markup: no mention and no tag comes out of what somebody typed.
  const safe = line.trimEnd().replaceAll('<', '&lt;');
  const heading = /^#{1,6}\s+(.+)$/.exec(safe);
  if (heading?.[1]) return `**${heading[1].replaceAll('**', '')}**`;
  if (/^\s*\|.*\|\s*$/.test(safe))
    return safe
      .trim()
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
      .join(' · ');
  return safe;
}

/**
 * Bytes of one whole message, in UTF-16 as Teams counts. Its page has named 28, 40 and 100 KB over the years; the least of
 * them holds in every cloud. Pictures in the message don't count.
 */
export const MESSAGE_BYTES = 28_000;

/** What the text may take of it: the rest is for a card, buttons and links to files. */
export const TEXT_BYTES = 20_000;

export const bytesOf = (text: string): number => 2 * teamsText(text).length;
