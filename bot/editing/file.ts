import { readRows } from '../staff/roster/files/rows.ts';

/** An entry of a file as it stands there; `line` is undefined of what is wrong with the whole. */
export interface FileEntry {
  line: number;
  /** By our names; undefined where the line can't be read. */
  value: Record<string, unknown> | undefined;
}

export interface EntryFile {
  entries: FileEntry[];
  /** What the file calls a field. */
  nameOf(field: string): string;
}

/** What a head may call each column, beside our own name. */
const HEADS = {
  ...{ id: ['编号'], language: ['语言'], title: ['标题'], catalogue: ['目录'], questions: ['相似问法'] },
  ...{ body: ['正文', '答复正文'], sms: ['短信口径'], department: ['责任部门', '部门'] },
  ...{ validFrom: ['生效日期'], validTo: ['截止日期'], action: ['动作'] },
};
const FIELDS = new Map(
  Object.entries(HEADS).flatMap(([field, heads]) => heads.map((head) => [head, field] as const)),
);

/**
 * Entries out of JSONL, as `npm run eval` reads it, or out of a CSV or XLSX file whose first line names the columns.
 * @throws AppError unsupported_type, too_large
 */
export async function readEntryFile(bytes: Buffer): Promise<EntryFile> {
  if (/^\ufeff?\s*\{/.test(bytes.subarray(0, 64).toString())) return fromLines(bytes.toString());
  const [head = [], ...rows] = await readRows(bytes);
  const fields = head.map((name) => FIELDS.get(name) ?? name);
  const entries = rows.flatMap((row, at) => {
    const cells = fields.flatMap((field, i) => (row[i] ? [[field, cell(field, row[i])] as const] : []));
    return cells.length === 0 ? [] : [{ line: at + 2, value: Object.fromEntries(cells) }];
  });
  return {
    entries: fields.includes('id') ? entries : [],
    nameOf: (field) => head[fields.indexOf(field)] ?? field,
  };
}

/** Several questions stand in one cell, one a line or with bars between. */
const cell = (field: string, text: string): unknown =>
  field === 'questions' ? text.split(/\r?\n|\|/).filter((each) => each.trim() !== '') : text;

function fromLines(text: string): EntryFile {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const entries = lines.flatMap((line, at) =>
    line.trim() === '' ? [] : [{ line: at + 1, value: parsed(line) }],
  );
  return { entries, nameOf: (field) => field };
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
