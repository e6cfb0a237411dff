import type { ReactNode } from 'react';

/** One line across a pane that says how things stand. */
export function Notice({ kind, children }: { kind: 'info' | 'warning'; children: ReactNode }) {
  return <p className={`notice notice-${kind}`}>{children}</p>;
}
