import type { KnowledgeBase } from '../../knowledge/index.ts';
import type { Database } from '../../prisma/client.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import type { Audit } from '../people/audit.ts';
import type { PolicyVersion } from '../policy/versions.ts';

/** What the editors' routes work with. */
export interface EditingParts {
  db: Database;
  audit: Audit;
  pipeline: Pipeline;
  policy(): PolicyVersion;
  knowledge: Pick<KnowledgeBase, 'suggest' | 'search'>;
}
