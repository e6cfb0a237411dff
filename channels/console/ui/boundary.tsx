import { Component, type ReactNode } from 'react';
import { asApiError } from '../api/error.ts';
import { Failed } from './states.tsx';

/**
 * A fault in one page leaves the rest of the console standing. A page's files may also be gone because a new release
 * was put in place: reading the page anew brings its own.
 */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Failed error={asApiError(error)} retry={() => location.reload()} />;
  }
}
