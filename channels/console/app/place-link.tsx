import type { MouseEvent, ReactNode } from 'react';
import { addressOfPlace, go, type Page } from './router.ts';

interface Props {
  page: Page;
  id?: string;
  className?: string;
  /** It leads to the page that is shown. */
  current?: boolean;
  testId: string;
  children: ReactNode;
}

/** A link within the console: followed without loading it anew. */
export function PlaceLink({ page, id, className, current, testId, children }: Props) {
  const follow = (event: MouseEvent) => {
    // A click with a key held opens a tab of its own, as links do.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(page, id);
  };
  return (
    <a
      className={className}
      href={addressOfPlace(page, id)}
      aria-current={current ? 'page' : undefined}
      onClick={follow}
      data-testid={testId}
    >
      {children}
    </a>
  );
}
