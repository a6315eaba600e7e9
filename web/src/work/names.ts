/** What things of a case are called, in the reader's language. */
import { useQuery } from '@tanstack/react-query';
import { currentLanguage } from '@/shared/i18n';
import { unitsQuery } from './cases';
import { definitionsQuery, groupsQuery } from './tasks';

interface Named {
  name: string;
  nameEn: string;
}

export function nameIn(thing: Named): string {
  return currentLanguage() === 'sv' ? thing.name : thing.nameEn;
}

/** What a task is called, with the number of its round where it is one of several alike: “Ring (3)”. */
export function taskNameIn(task: Named & { loopCounter: number | null }): string {
  return task.loopCounter === null ? nameIn(task) : `${nameIn(task)} (${String(task.loopCounter)})`;
}

/** A case's title: where it is the name of its process, that name in the reader's language. */
export function useTitle(): (title: string) => string {
  const { data = [] } = useQuery(definitionsQuery);
  return (title) => {
    const process = data.find(({ name }) => name === title);
    return process ? nameIn(process) : title;
  };
}

/** What a unit is called; dots until the names have come. */
export function useUnitName(): (unit: string) => string {
  const { data, isPending } = useQuery(unitsQuery);
  return (unit) => data?.find(({ id }) => id === unit)?.name ?? (isPending ? '…' : unit);
}

/** What groups are called; one that no diagram names, by its key. Until the names have come there are dots. */
export function useGroupNames(): (groups: readonly string[]) => string {
  const { data, isPending } = useQuery(groupsQuery);
  return (groups) =>
    groups
      .map((key) => {
        const group = data?.find((one) => one.key === key);
        return group ? nameIn(group) : isPending ? '…' : key;
      })
      .join(', ');
}
