import { Fragment } from 'react';
import { parseInline } from '../ui/markdown-parse.ts';

/** A plain text with its `{variables}` marked. */
export function WithVariables({ text }: { text: string }) {
  return text.split(/(\{[a-z][a-zA-Z0-9_]*\})/).map((part, index) => {
    const [first] = parseInline(part);
    const marked = first?.kind === 'variable' && first.text === part;
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have nothing but their place
    return <Fragment key={index}>{marked ? <mark className="variable">{part}</mark> : part}</Fragment>;
  });
}
