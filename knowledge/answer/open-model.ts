import type { CallOutcome, Model, ModelSettings } from './model.ts';

/**
 * Loads LangChain, a second's work, when a model is configured and not before. The first call waits for it.
 * @param note told how every call ended
 */
export function openModel(settings: ModelSettings, note: (outcome: CallOutcome) => void): Model {
  const chain = import('./chain.ts').then(({ chainModel }) => chainModel(settings, note));
  // Whoever asks first hears of it.
  chain.catch(() => {});
  return {
    rewrite: async (...question) => (await chain).rewrite(...question),
    compose: async (...question) => (await chain).compose(...question),
    suggest: async (...question) => (await chain).suggest(...question),
  };
}
