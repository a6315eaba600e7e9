import { useQuery } from '@tanstack/react-query';
import { currentLanguage } from '@/shared/i18n';
import { draftsQuery } from './drafts';
import { definitionsQuery } from './packages';

/** What a process is called, in the reader's language, as it is deployed or as its draft says; its key while that is not known. */
export function useProcessName(key: string): string {
  const { data } = useQuery(definitionsQuery);
  const live = data?.find((one) => one.key === key);
  const { data: drafts } = useQuery({ ...draftsQuery, enabled: data !== undefined && !live });
  const known = live ?? drafts?.find((one) => one.key === key);
  if (!known) return key;
  return currentLanguage() === 'sv' ? known.name : known.nameEn;
}
