import { z } from 'zod';
import type { Language, Saturation } from '../entry.ts';
import { type Embedder, RetrieverError } from '../retriever.ts';
import { indexVersion } from '../version.ts';
import { Filler, type Repaired } from './filler.ts';
import {
  FILTERED,
  MEANING,
  ofOneProgram,
  type SourceEntry,
  shortHash,
  TERMS,
  type TermSource,
  versionOf,
} from './points.ts';
import { type Weights, weigh } from './weights.ts';
import type { CreateCollection, Wire } from './wire.ts';

export type CollectionParts = {
  wire: Wire;
  alias: string;
  language: Language;
  terms: TermSource;
  embedder: Embedder | undefined;
  /** All entries of the language that aren't drafts, as they are now; of some ids only, if given. */
  read(ids?: string[]): Promise<SourceEntry[]>;
  stopping(): boolean;
};

/** What a collection says of itself in its metadata. */
const noted = z.object({
  version: z.string(),
  saturation: z.object({ k1: z.number(), b: z.number(), averageLength: z.number() }),
  weights: z.object({ dense: z.number(), centre: z.number(), floor: z.number(), questions: z.number() }),
});
type Noted = z.output<typeof noted>;

const NOTHING: Repaired = { missing: 0, stale: 0, surplus: 0, waiting: 0 };

/** Lengths may drift so far before every saturation in the collection is worth making anew. */
const DRIFT = 0.25;

/** The collection of one language: which it is, what is in it, when another takes its place. */
export class LanguageCollection {
  readonly #parts: CollectionParts;
  #serving: Noted | undefined;
  #displaced = false;
  #outlived = new Set<string>();

  constructor(parts: CollectionParts) {
    this.#parts = parts;
  }

  get alias(): string {
    return this.#parts.alias;
  }

  get version(): string {
    const { embedder, terms } = this.#parts;
    return versionOf(embedder?.model, terms.lexicon());
  }

  /** @throws RetrieverError not_ready or displaced */
  weights(): Weights {
    if (this.#displaced)
      throw new RetrieverError('displaced', `${this.alias} belongs to another version now`);
    if (this.#serving?.version !== this.version)
      throw new RetrieverError('not_ready', `${this.alias} is not indexed yet`);
    return this.#serving.weights;
  }

  /** Another version of the program has taken the alias; until it ends this process leaves the collection alone. */
  displace(): void {
    this.#displaced = true;
  }

  /** Makes Qdrant hold what the database holds, in a new collection if the present one has another making. */
  async reconcile(): Promise<Repaired> {
    const { wire, alias } = this.#parts;
    const present = await wire.aliased(alias);
    const note = noted.safeParse(present && (await wire.metadata(present))).data;
    if (this.#serving && note && !ofOneProgram(note.version, this.version)) this.displace();
    if (this.#displaced) return NOTHING;
    if (!present || !note || !this.#fits(note)) return this.#rebuild(present);
    this.#serving = note;
    const repaired = await this.#filler(note.saturation).repair(alias);
    await this.#dropOutlived(present);
    return repaired;
  }

  /** Takes up these entries. */
  async sync(ids: string[]): Promise<Repaired> {
    // With other synonyms everything is due, and repaired by `reconcile`.
    if (this.#displaced || this.#serving?.version !== this.version) return NOTHING;
    return this.#filler(this.#serving.saturation).repair(this.alias, ids);
  }

  #filler(saturation: Saturation): Filler {
    return new Filler({ ...this.#parts, version: this.version, saturation });
  }

  #fits({ version, saturation: { k1, b, averageLength } }: Noted): boolean {
    const now = this.#parts.terms.saturation(this.#parts.language);
    const same = version === this.version && k1 === now.k1 && b === now.b;
    return same && Math.abs(now.averageLength - averageLength) <= DRIFT * averageLength;
  }

  /**
   * Fills a new collection beside the present one and leads the alias to it. Its name follows from its making, so
   * that processes that do this at the same time fill the same one.
   */
  async #rebuild(present: string | undefined): Promise<Repaired> {
    const { wire, alias, terms, language, embedder } = this.#parts;
    const { k1, b, averageLength: exact } = terms.saturation(language);
    // Rounded, so that processes that are a publication apart still mean the same collection.
    const saturation = { k1, b, averageLength: Number(exact.toPrecision(2)) };
    const size = embedder && ((await embedder.documents(['?']))[0]?.length ?? 0);
    const { version } = this;
    const name = `${alias}-${shortHash([version, size, saturation])}`;
    const making = { version, analysis: indexVersion(), model: embedder?.model ?? null };
    if (name !== present) await wire.create(name, configOf(size), FILTERED);
    const filler = this.#filler(saturation);
    const repaired = await filler.repair(name);
    const weights = embedder
      ? await weigh(wire, name, await this.#parts.read(), terms, saturation)
      : { dense: 0, centre: 0, floor: 0, questions: 0 };
    await wire.note(name, { ...making, saturation, weights });
    // What was published while the collection was being filled.
    await filler.repair(name);
    // Filled with the terms of two lexicons: of no use to anybody.
    if (this.version !== version) {
      if (name !== present) await wire.drop(name);
      return repaired;
    }
    if (name !== present) await wire.point(alias, name);
    await wire.note(name, { served: true });
    this.#serving = { version, saturation, weights };
    return repaired;
  }

  /** A collection that the alias has left is dropped a round later: questions under way still end in it. */
  async #dropOutlived(present: string): Promise<void> {
    const { wire, alias } = this.#parts;
    const others = (await wire.collections()).filter((name) => isOf(alias, name) && name !== present);
    const outlived = new Set<string>();
    for (const name of others) {
      // One that never served may be another process's work.
      if ((await wire.metadata(name))?.served !== true) continue;
      if (this.#outlived.has(name)) await wire.drop(name);
      else outlived.add(name);
    }
    this.#outlived = outlived;
  }
}

/** Whether a collection is one of ours: another centre's names may begin with the same words. */
export function isOf(alias: string, name: string): boolean {
  return name.startsWith(`${alias}-`) && /^[0-9a-f]{10}$/.test(name.slice(alias.length + 1));
}

function configOf(size: number | undefined): CreateCollection {
  const meaning = {
    size: size ?? 0,
    distance: 'Cosine',
    multivector_config: { comparator: 'max_sim' },
  } as const;
  return {
    vectors: size ? { [MEANING]: meaning } : {},
    sparse_vectors: { [TERMS]: { modifier: 'idf' } },
  };
}
