/**
 * Our markdown 纯文本 as people read it without any: marks go, links keep their address, lists and lines stay. What is
 * no mark of ours (a lone star, a snake_case name) stays as it is.
 */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*```.*$\n?/gm, '')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$\n?/gm, '')
    .replace(/^\s*\|(.+)\|\s*$/gm, (_, row: string) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .join('  '),
    )
    .replace(/\[([^\]\n]{1,500})\]\(([^()\s]{1,2000})\)/g, (_, text: string, url: string) => link(text, url))
    .replace(/(\*\*|__)(?=\S)([^\n]{0,2000}?\S)\1/g, '$2')
    .replace(/(?<![*\w])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*(?![*\w])/g, '$1')
    .replace(/`([^`\n]{1,2000})`/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Both brackets of a Chinese text: the address must end where it ends. */
function link(text: string, url: string): string {
  const address = url.replace(/^(?:mailto|tel):/, '');
  return text === url || text === address ? address : `${text} ${address} `;
}
