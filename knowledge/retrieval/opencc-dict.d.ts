declare module 'opencc-js/dict/TSCharacters' {
  /** `traditional simplified…|…`: one traditional character, its simplified forms separated by spaces. */
  const pairs: string;
  export default pairs;
}
