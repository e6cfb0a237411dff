import { type PointerEvent as ReactPointerEvent, useEffect, useRef } from 'react';
import type { Spot } from './types.ts';

/** So far a pointer moves before a press becomes a drag, in pixels. */
const SLOP = 5;

interface Drag {
  shiftId: string;
  chip: HTMLElement;
  from: HTMLElement | null;
  x: number;
  y: number;
  ghost: HTMLElement | undefined;
  over: HTMLElement | undefined;
}

/**
 * Drags a shift by its chip to another square; Escape lets it go. With the finger a drag scrolls, and a tap opens
 * the shift. Squares say where they are in `data-person` and `data-date`.
 */
export function useDrag(onDrop: (shiftId: string, from: Spot, to: Spot) => void) {
  const drag = useRef<Drag>(undefined);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => {
    const end = () => {
      finish(drag.current);
      drag.current = undefined;
    };
    const move = (event: PointerEvent) => {
      if (drag.current) follow(drag.current, event);
    };
    const up = () => {
      const { ghost, over, from, shiftId } = drag.current ?? {};
      end();
      if (!ghost) return;
      // The release of a drag is no click on what it began at.
      addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', swallow, { capture: true }));
      const [start, goal] = [spotOf(from), spotOf(over)];
      if (shiftId && start && goal && over !== from) drop.current(shiftId, start, goal);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') end();
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', end);
    addEventListener('keydown', key);
    return () => {
      end();
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', key);
    };
  }, []);
  return (event: ReactPointerEvent) => {
    const chip = (event.target as Element).closest<HTMLElement>('[data-entry]');
    if (!chip?.dataset.entry || event.button !== 0 || event.pointerType === 'touch') return;
    const from = chip.closest<HTMLElement>('[data-date]');
    const { clientX: x, clientY: y } = event;
    drag.current = { shiftId: chip.dataset.entry, chip, from, x, y, ghost: undefined, over: undefined };
  };
}

function follow(drag: Drag, { clientX, clientY }: PointerEvent): void {
  const [dx, dy] = [clientX - drag.x, clientY - drag.y];
  if (!drag.ghost && Math.hypot(dx, dy) < SLOP) return;
  drag.ghost ??= ghostOf(drag.chip);
  drag.ghost.style.transform = `translate(${dx}px, ${dy}px)`;
  const under = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-open-to-shifts]');
  if (under === drag.over) return;
  drag.over?.removeAttribute('data-over');
  drag.over = under ?? undefined;
  drag.over?.setAttribute('data-over', '');
}

/** What is seen to move; the chip itself stays in its place, paler, until the server has agreed. */
function ghostOf(chip: HTMLElement): HTMLElement {
  const { left, top, width, height } = chip.getBoundingClientRect();
  const ghost = chip.cloneNode(true) as HTMLElement;
  ghost.classList.add('shift-ghost');
  ghost.removeAttribute('data-testid');
  ghost.setAttribute('aria-hidden', 'true');
  Object.assign(ghost.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  document.body.append(ghost);
  document.body.classList.add('roster-dragging');
  chip.classList.add('shift-lifted');
  return ghost;
}

function finish(drag: Drag | undefined): void {
  drag?.ghost?.remove();
  drag?.over?.removeAttribute('data-over');
  drag?.chip.classList.remove('shift-lifted');
  document.body.classList.remove('roster-dragging');
}

function spotOf(square: HTMLElement | null | undefined): Spot | undefined {
  const { person: personId, date } = square?.dataset ?? {};
  return personId && date ? { personId, date } : undefined;
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
