/** 哪吒 is a name. */
const QUESTION_WORDS = /为什么|什么时候|什么|哪(?!吒)一?[个些里年位种]?|谁|多少|如何|为何|怎么样?|怎样/g;

/**
 * A normalised Chinese question without the words that only ask. Passages say the answer in their place: as rare words
 * there, they would weigh more than what is asked about. Questions that an entry carries have them; there they tell
 * how much from where.
 */
export const withoutQuestionWords = (text: string): string => text.replace(QUESTION_WORDS, ' ');
