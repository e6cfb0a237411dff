const SHORTENED = /\b(?:cannot|[a-z]+(?:n['’]?t|['’](?:m|re|ve|ll|d)))\b/g;
const ENDINGS: Record<string, string> = { m: 'am', re: 'are', ve: 'have', ll: 'will', d: 'would' };
/** Words in n't whose apostrophe people leave out; "cant" and "wont" mean nothing else to a service desk. */
const STEMS = 'ca|wo|do|does|did|is|was|are|were|have|has|had|could|would|should';
const NEGATED = new RegExp(`^(?:(${STEMS})n['’]?t|([a-z]+)n['’]t)$`);

function full(word: string): string {
  if (word === 'cannot') return 'can not';
  const negated = NEGATED.exec(word);
  if (negated) {
    const stem = negated[1] ?? negated[2];
    return `${stem === 'ca' ? 'can' : stem === 'wo' ? 'will' : stem} not`;
  }
  const [head, ending = ''] = word.split(/['’]/);
  return ending in ENDINGS ? `${head} ${ENDINGS[ending]}` : word;
}

/** English contractions written out, with or without their apostrophe: "can't", "cant" and "cannot" are "can not". */
export function inFull(text: string): string {
  return text.replace(SHORTENED, full);
}
