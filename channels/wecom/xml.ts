import { XMLParser } from 'fast-xml-parser';
import { Refused } from '../kit/webhook.ts';

// Texts are taken as they stand: no entity is expanded, and no number made of an id that has more than 53 bits.
const parser = new XMLParser({
  processEntities: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
});

export type Fields = Readonly<Record<string, string>>;

/**
 * The fields of `<xml>…</xml>`, as the platform writes its callbacks. What has children or comes twice is left out.
 * @throws Refused 400 for anything else, and for a document type
 */
export function readXml(text: string): Fields {
  // Outside of CDATA only: there a person may have typed it.
  if (/<!(?!\[CDATA\[)/i.test(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, ''))) throw malformed();
  let root: unknown;
  try {
    root = (parser.parse(text, true) as { xml?: unknown }).xml;
  } catch {
    throw malformed();
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root)) throw malformed();
  const fields = Object.entries(root).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.assign(Object.create(null), Object.fromEntries(fields));
}

const malformed = () => new Refused(400, 'not a message of the platform');

/** The same the other way; every value in CDATA. */
export function writeXml(fields: Readonly<Record<string, string | number>>): string {
  const cdata = (value: string | number) =>
    `<![CDATA[${String(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  const lines = Object.entries(fields).map(([name, value]) => `<${name}>${cdata(value)}</${name}>`);
  return `<xml>${lines.join('')}</xml>`;
}
