import { z } from 'zod';

/** Spaces, and signs that show nothing: zero-width ones, controls, variation selectors, blank letters of Hangul. */
const BLANK = /^(?:[\s\p{Cc}\p{Cf}\u{115F}\u{1160}\u{3164}]|\p{Variation_Selector})*$/u;

/** Words in which somebody can read something, at most `most` UTF-16 code units. */
export const visible = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !BLANK.test(text), { params: { problem: 'field.required' } });
