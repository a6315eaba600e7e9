import { useQuery } from '@tanstack/react-query';
import { currentLanguage } from '@/shared/i18n';
import { definitionsQuery } from './queries';

/** What a process is called in the reader's language; its key until that is known. */
export function useProcessName(key: string): string {
  const { data = [] } = useQuery(definitionsQuery);
  const found = data.find((one) => one.key === key);
  if (!found) return key;
  return currentLanguage() === 'sv' ? found.name : found.nameEn;
}
