import type { Broadcast } from '../api/types.ts';

export interface DetailProps {
  broadcast: Broadcast;
  onChanged(next: Broadcast): void;
  /** Somebody else changed it meanwhile. */
  onStale(): void;
}
