/** What can be told of a file before it is sent: why it would not be taken, how large it is, whether it can be shown here. */
type Refusal = 'tooLarge' | 'wrongKind' | 'emptyFile';

interface Taken {
  mostBytes: number;
  endings: readonly string[];
}

export function refusalOf({ name, size }: { name: string; size: number }, taken: Taken): Refusal | undefined {
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
  if (!taken.endings.includes(ending)) return 'wrongKind';
  if (size > taken.mostBytes) return 'tooLarge';
  return size === 0 ? 'emptyFile' : undefined;
}

/** `1,2 MB`, in the reader's language. */
export function sizeInWords(bytes: number, language: 'sv' | 'en'): string {
  const [amount, unit] = bytes < 1_000_000 ? [Math.max(1, bytes / 1_000), 'kB'] : [bytes / 1_000_000, 'MB'];
  const digits = amount < 10 && unit === 'MB' ? 1 : 0;
  return `${new Intl.NumberFormat(language === 'sv' ? 'sv-SE' : 'en-GB', { maximumFractionDigits: digits }).format(amount)} ${unit}`;
}

/** How the page itself can show it; anything else is downloaded. */
export function shownAs(mediaType: string): 'picture' | 'text' | undefined {
  if (mediaType === 'image/png' || mediaType === 'image/jpeg') return 'picture';
  return mediaType.startsWith('text/plain') ? 'text' : undefined;
}

/** What the browser shows in a tab of its own. */
export function opensByItself(mediaType: string): boolean {
  return mediaType === 'application/pdf' || shownAs(mediaType) === 'picture';
}
