import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { versionsQuery, type Definition, type Outline } from './queries';
import { callOf } from './replay/events';

/** The versions that ran, by their ids. One that is not known yet is not there. */
export function useVersions(ran: readonly { process: string }[]): Map<string, Definition> {
  const keys = [...new Set(ran.map((one) => one.process).filter(Boolean))];
  const answers = useQueries({ queries: keys.map(versionsQuery) });
  return new Map(answers.flatMap(({ data = [] }) => data).map((version) => [version.id, version]));
}

/** What versions are called: the process in the reader's language, and its number. */
export function useVersionNames(versions: ReadonlyMap<string, Definition>): Map<string, string> {
  const { t } = useTranslation('audit');
  return new Map(
    [...versions].map(([id, { name, nameEn, version }]) => [
      id,
      t('case.versionOf', { name: currentLanguage() === 'sv' ? name : nameEn, version }),
    ]),
  );
}

/** The id of the version whose diagram an event lies in: that of the innermost call which had begun by then, the last time. */
export function versionAt(ran: Outline['ran'], { element, sequence }: { element: string; sequence: number }): string {
  const call = callOf(element);
  const [found] = ran
    .filter(({ path, since }) => since <= sequence && (path === '' || call === path || call.startsWith(`${path}.`)))
    .toSorted((a, b) => b.path.length - a.path.length || b.since - a.since);
  return found?.version ?? '';
}
