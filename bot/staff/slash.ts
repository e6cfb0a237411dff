/** `/leave 明天`, `/leave@TeamBot`, 「／shifts」: the name in lower case, and what stands after it. */
export function readSlash(text: string): { name: string; rest: string } | undefined {
  const read = /^\s*[/／]([a-z0-9_]{1,32})(?:@\w+)?(?:\s+(?<rest>[\s\S]*))?$/i.exec(text);
  return read?.[1] ? { name: read[1].toLowerCase(), rest: read.groups?.rest?.trim() ?? '' } : undefined;
}
