import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableLambda, RunnableSequence } from '@langchain/core/runnables';
import { initChatModel } from 'langchain/chat_models/universal';
import { z } from 'zod';
import { type CallOutcome, type Model, ModelError, type ModelSettings } from './model.ts';
import { COMPOSE, REWRITE, SUGGEST } from './prompts.ts';

const written = z.object({
  fits: z.boolean(),
  sentences: z.array(z.object({ text: z.string(), entryId: z.string() })),
});
const rewritten = z.object({ question: z.string() });
const suggested = z.object({ questions: z.array(z.string()) });

type ChatModel = Awaited<ReturnType<typeof initChatModel>>;
/** A server either holds the model to the schema, or is told that JSON is wanted and we hold it to the schema. */
type Method = 'jsonSchema' | 'jsonMode';
type Chain<T> = (input: object, signal: AbortSignal) => Promise<T>;

/** The model as LangChain chains: prompt → chat model → structured output. */
export async function chainModel(
  { url, name, key }: ModelSettings,
  note: (outcome: CallOutcome) => void,
): Promise<Model> {
  const chat = await initChatModel(name, {
    modelProvider: 'openai',
    // The client insists on a key; a server that wants none ignores it.
    apiKey: key ?? 'none',
    configuration: { baseURL: url },
    temperature: 0,
    // A repeat inside the customer's eight seconds would only meet the same server in the same state.
    maxRetries: 0,
  });
  const server = { method: 'jsonSchema' as Method };
  const chain = <T extends object>(prompt: string, schema: z.ZodType<T>) =>
    noted(
      adapting(server, (method) => chainOf(chat, prompt, schema, method)),
      note,
    );
  const compose = chain(COMPOSE, written);
  const rewrite = chain(REWRITE, rewritten);
  const suggest = chain(SUGGEST, suggested);
  return {
    async rewrite(question, history, signal) {
      return (await rewrite({ history, question }, signal)).question.trim() || question;
    },
    compose(question, entries, signal) {
      const shown = entries.map(({ id, title, body }) => ({ id, title, body }));
      return compose({ question, entries: shown }, signal);
    },
    async suggest({ title, body, questions, language }, signal) {
      return (await suggest({ title, body, questions, language }, signal)).questions;
    },
  };
}

function chainOf<T extends object>(
  chat: ChatModel,
  prompt: string,
  schema: z.ZodType<T>,
  method: Method,
): Chain<T> {
  const steps = RunnableSequence.from<{ data: string }, unknown>([
    ChatPromptTemplate.fromMessages([
      ['system', prompt],
      ['human', '{data}'],
    ]),
    chat.withStructuredOutput(schema, { name: 'reply', method }),
    // Not every server that takes a schema keeps to it.
    RunnableLambda.from((reply: unknown) => schema.parse(reply)),
  ]);
  return async (input, signal) => (await steps.invoke({ data: JSON.stringify(input) }, { signal })) as T;
}

/** A server that refuses the schema is asked once more without it, and from then on always so. */
function adapting<T>(server: { method: Method }, chainBy: (method: Method) => Chain<T>): Chain<T> {
  const chains = { jsonSchema: chainBy('jsonSchema'), jsonMode: chainBy('jsonMode') };
  return async (input, signal) => {
    const { method } = server;
    try {
      return await chains[method](input, signal);
    } catch (error) {
      if (method === 'jsonMode' || !refusesSchema(error)) throw error;
      server.method = 'jsonMode';
      return chains.jsonMode(input, signal);
    }
  };
}

const refusesSchema = (error: unknown) =>
  [400, 404, 422].includes(statusOf(error) ?? 0) && /response_format|json_schema|schema/i.test(String(error));

function noted<T>(chain: Chain<T>, note: (outcome: CallOutcome) => void): Chain<T> {
  return async (input, signal) => {
    try {
      const reply = await chain(input, signal);
      note('ok');
      return reply;
    } catch (error) {
      const code = signal.aborted ? 'timeout' : codeOf(error);
      note(code);
      throw new ModelError(code, { cause: error });
    }
  };
}

const statusOf = (error: unknown) => (error as { status?: number } | null)?.status;

/** LangChain's and the client's errors, translated once. */
function codeOf(error: unknown): ModelError['code'] {
  const status = statusOf(error);
  if (status === 429) return 'rate_limited';
  if (status !== undefined) return status >= 500 ? 'failing' : 'refused';
  const { name = '' } = error instanceof Error ? error : {};
  if (/abort|timeout/i.test(name)) return 'timeout';
  return /connection/i.test(error?.constructor?.name ?? '') ? 'unreachable' : 'nonsense';
}
