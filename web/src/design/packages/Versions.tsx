import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { createDraft } from '../drafts';
import type { Definition } from '../packages';
import styles from './PackagePage.module.css';

interface Props {
  versions: readonly Definition[];
  hasDraft: boolean;
}

/** Every version, newest first: when, by whom, why, how many cases run on it, and what one may do with it. */
export function Versions({ versions, hasDraft }: Props) {
  const { t } = useTranslation('packages');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: ({ key, version }: Definition) => createDraft({ key, version }),
    onSuccess: ({ draft }) => {
      void queries.invalidateQueries({ queryKey: ['design', 'drafts'] });
      return navigate({ to: '/design/drafts/$draftId', params: { draftId: draft.id } });
    },
  });
  return (
    <section className={styles.section} aria-labelledby="versions">
      <h2 id="versions">{t('versions.title')}</h2>
      {hasDraft && <p className={styles.soft}>{t('draft.only')}</p>}
      {begin.error && <ProblemNotice error={begin.error} />}
      <table className={styles.versions}>
        <caption className="visually-hidden">{t('versions.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('versions.number')}</th>
            <th scope="col">{t('versions.when')}</th>
            <th scope="col">{t('versions.cases')}</th>
            <th scope="col">{t('versions.note')}</th>
            <th scope="col">{t('versions.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((one, index) => (
            <tr key={one.version}>
              <th scope="row">
                {one.version} {index === 0 && <span className={styles.live}>{t('versions.live')}</span>}
              </th>
              <td data-label={t('versions.when')}>
                {t('versions.by', { moment: momentOf(one.deployedAt), name: one.deployedBy.name })}
              </td>
              <td data-label={t('versions.cases')}>{one.openCases ?? '–'}</td>
              <td data-label={t('versions.note')} data-content>
                {one.note || '–'}
              </td>
              <td>
                <Actions
                  version={one}
                  isFirst={index === versions.length - 1}
                  {...(hasDraft ? {} : { onBegin: () => begin.mutate(one) })}
                  isBusy={begin.isPending}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ActionsProps {
  version: Definition;
  isFirst: boolean;
  isBusy: boolean;
  onBegin?: () => void;
}

function Actions({ version: { key, version }, isFirst, isBusy, onBegin }: ActionsProps) {
  const { t } = useTranslation('packages');
  const params = { processKey: key, version: String(version) };
  return (
    <div className={styles.links}>
      <Link
        to="/design/packages/$processKey/versions/$version"
        params={params}
        aria-label={t('versions.showOf', { version })}
      >
        {t('versions.show')}
      </Link>
      {!isFirst && (
        <Link
          to="/design/packages/$processKey/versions/$version/difference"
          params={params}
          search={{}}
          aria-label={t('versions.differenceOf', { version })}
        >
          {t('versions.difference')}
        </Link>
      )}
      {onBegin && (
        <Button busy={isBusy} aria-label={t('versions.beginOf', { version })} onClick={onBegin}>
          {t('versions.begin')}
        </Button>
      )}
    </div>
  );
}
