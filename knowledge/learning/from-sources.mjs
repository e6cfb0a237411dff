// In development and in tests the thread reads TypeScript, and threads don't inherit the loader of who starts them.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
