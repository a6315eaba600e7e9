import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { currentLanguage } from '@/shared/i18n';
import { usedFormsQuery } from '../queries';
import { declared, type Declared } from './declared';
import { named, type Named } from './naming';

export type Naming = (call: string, path: string) => Named | Declared | undefined;

/** What the data of a case are called, in the reader's language; nothing is known until the words have come. */
export function useNaming(caseId: string): Naming {
  const { data } = useQuery(usedFormsQuery(caseId));
  const language = currentLanguage();
  return useCallback(
    (call, path) => data && (named(data.items, call, path, language) ?? declared(data.data, call, path, language)),
    [data, language],
  );
}
