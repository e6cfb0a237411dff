/** What a placeholder may be filled with. Format dates and amounts before handing them over. */
export type Vars = Readonly<Record<string, string | number>>;

/** A translated area: the same keys as the zh-CN area (declared `as const`), any words. */
export type Translation<Area> = { readonly [Key in keyof Area]: string };

/** The names between braces in a literal text: `'{a} 和 {b}'` → `'a' | 'b'`. */
export type PlaceholdersIn<Text extends string> = string extends Text
  ? never
  : Text extends `${string}{${infer Name}}${infer Rest}`
    ? Name | PlaceholdersIn<Rest>
    : never;
