import { type KeyboardEvent, type RefObject, useEffect } from 'react';

const STEPS: Readonly<Record<string, [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * One stop of the tab key for the whole grid, the arrows within it (WAI-ARIA grid pattern). It works on the elements:
 * with React's state each step would draw thousands of squares anew.
 */
export function useRoving(table: RefObject<HTMLTableElement | null>): (event: KeyboardEvent) => void {
  useEffect(() => {
    const body = table.current?.tBodies[0];
    if (body && !body.querySelector('[tabindex="0"]'))
      body.querySelector('button')?.setAttribute('tabindex', '0');
  });
  return (event) => {
    const step = STEPS[event.key];
    const from = event.target as HTMLElement;
    const next = step && nextOf(from, step);
    if (!next) return;
    event.preventDefault();
    for (const each of table.current?.querySelectorAll('[tabindex="0"]') ?? [])
      each.setAttribute('tabindex', '-1');
    next.tabIndex = 0;
    next.focus();
  };
}

/** Up and down first go through the shifts of a square. */
function nextOf(from: HTMLElement, [rows, columns]: [number, number]): HTMLElement | undefined {
  const cell = from.closest('td');
  const row = cell?.parentElement as HTMLTableRowElement | undefined;
  const body = row?.parentElement as HTMLTableSectionElement | undefined;
  if (!cell || !row || !body) return undefined;
  const inCell = buttonsOf(cell);
  const beside = rows === 0 ? undefined : inCell[inCell.indexOf(from) + rows];
  if (beside) return beside;
  let [y, x] = [row.sectionRowIndex + rows, cell.cellIndex + columns];
  for (let each = body.rows[y]?.cells[x]; each; each = body.rows[y]?.cells[x]) {
    const buttons = buttonsOf(each);
    if (buttons.length > 0) return rows < 0 ? buttons.at(-1) : buttons[0];
    [y, x] = [y + rows, x + columns];
  }
  return undefined;
}

const buttonsOf = (cell: Element) => [...cell.querySelectorAll<HTMLElement>('button')];
