/** What things of a case are called, in the reader's language. */
import { useQuery } from '@tanstack/react-query';
import { currentLanguage } from '@/shared/i18n';
import { unitsQuery } from './cases';
import { definitionsQuery } from './tasks';

interface Named {
  name: string;
  nameEn: string;
}

export function nameIn(thing: Named): string {
  return currentLanguage() === 'sv' ? thing.name : thing.nameEn;
}

/** A case's title: where it is the name of its process, that name in the reader's language. */
export function useTitle(): (title: string) => string {
  const { data = [] } = useQuery(definitionsQuery);
  return (title) => {
    const process = data.find(({ name }) => name === title);
    return process ? nameIn(process) : title;
  };
}

export function useUnitName(): (unit: string) => string {
  const { data = [] } = useQuery(unitsQuery);
  return (unit) => data.find(({ id }) => id === unit)?.name ?? unit;
}
