/** The text with a name put in where one writes, after `=` where that lacks; and where one writes on. */
export function withName(
  text: string,
  name: string,
  at: number | null,
  isBare = false,
): { written: string; caret: number } {
  const begun = text.trim() === '' && !isBare ? '= ' : text;
  const place = text.trim() === '' ? begun.length : Math.min(at ?? text.length, text.length);
  const before = begun.slice(0, place);
  const after = begun.slice(place);
  const space = before && !/[\s([{,=.<>]$/.test(before) ? ' ' : '';
  const written = `${before}${space}${name}${after}`;
  return { written, caret: written.length - after.length };
}
