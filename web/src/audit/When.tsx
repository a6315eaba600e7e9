import { momentOf } from '@/shared/time';

/** A moment, in words and for machines. */
export function When({ at }: { at: string }) {
  return <time dateTime={at}>{momentOf(at)}</time>;
}
