import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { versionsQuery, type Definition } from './queries';
import type { Run } from './replay/walk';

/** The versions that ran, by their ids. One that is not known yet is not there. */
export function useVersions(runs: readonly Run[]): Map<string, Definition> {
  const keys = [...new Set(runs.map((run) => run.process).filter(Boolean))];
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
