export { plain, readCommand } from './commands.ts';
export { activeFields, again, chosen, shown } from './flow.ts';
export { withoutHeld } from './sleep.ts';
export { aside, open, reads, step } from './step.ts';
export type {
  Field,
  Form,
  FormContext,
  FormState,
  Json,
  Objection,
  Option,
  Parsed,
  Said,
  Step,
  Values,
} from './types.ts';
