import type { Leave } from '../api/types.ts';

export interface LeaveProps {
  leave: Leave;
  onChanged(): void;
}
