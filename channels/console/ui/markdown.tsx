import { Fragment } from 'react';
import { type Inline, parseBlocks, parseInline } from './markdown-parse.ts';
import './markdown.css';

/** Markdown as elements, never as HTML: what a text contains can't become code. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {parseBlocks(text).map((block, index) => {
        const key = `${index} ${block.kind}`;
        if (block.kind === 'heading')
          return (
            <p key={key} className="markdown-heading">
              <Words text={block.text} />
            </p>
          );
        if (block.kind === 'paragraph')
          return (
            <p key={key}>
              <Words text={block.text} />
            </p>
          );
        const List = block.ordered ? 'ol' : 'ul';
        return (
          <List key={key}>
            {block.items.map((item, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have nothing but their place
              <li key={`${place} ${item}`}>
                <Words text={item} />
              </li>
            ))}
          </List>
        );
      })}
    </div>
  );
}

function Words({ text }: { text: string }) {
  return parseInline(text).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <Fragment key={index}>{inline(part)}</Fragment>
  ));
}

function inline(part: Inline) {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return <br />;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'em':
      return <em>{part.text}</em>;
    case 'code':
      return <code>{part.text}</code>;
    case 'variable':
      return <mark className="variable">{part.text}</mark>;
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {part.text}
        </a>
      );
  }
}
