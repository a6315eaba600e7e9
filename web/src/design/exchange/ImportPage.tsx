import './texts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/api/problem';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { FilePick } from '@/shared/ui/FilePick';
import { Notice } from '@/shared/ui/Notice';
import { PageTitle } from '@/shared/ui/PageTitle';
import { Select } from '@/shared/ui/Select';
import { draftsQuery } from '../drafts';
import styles from './Exchange.module.css';
import { importZip, MOST_BYTES } from './exchange';
import { FindingsRefusal } from './FindingsRefusal';
import { ImportResult } from './ImportResult';

const route = getRouteApi('/shell/design/import');

/** A package from a zip file becomes a draft; what cannot be taken is refused, and every draft there is stays as it was. */
export function ImportPage() {
  const { t } = useTranslation('exchange');
  const field = useRef<HTMLInputElement>(null);
  const { into } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const { data: drafts } = useQuery(draftsQuery);
  const [file, setFile] = useState<File>();
  const [wrong, setWrong] = useState<'none' | 'large'>();
  const draft = drafts?.find((one) => one.id === into);
  const take = useMutation({
    mutationFn: (zip: File) => importZip(zip, draft),
    onSuccess: (imported) => {
      queries.removeQueries({ queryKey: ['design', 'draft', imported.draft.id] });
      void queries.invalidateQueries({ queryKey: ['design'] });
    },
  });
  const isTaken = take.error instanceof ApiProblem && take.error.code === 'conflict';
  return (
    <div className={styles.page}>
      <PageTitle>{t('title')}</PageTitle>
      <p>{t('about')}</p>
      <p>{t('registers')}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const problem = !file ? 'none' : file.size > MOST_BYTES ? 'large' : undefined;
          setWrong(problem);
          if (problem) field.current?.focus();
          else if (file && !take.isPending) take.mutate(file);
        }}
      >
        <Field label={t('file')} hint={t('hint')} error={wrong && t(`wrong.${wrong}`)}>
          {(ties) => (
            <div className={styles.pick}>
              <FilePick
                {...ties}
                text={t('choose')}
                ref={field}
                accept=".zip,application/zip"
                onChange={(event) => {
                  setFile(event.target.files?.[0]);
                  setWrong(undefined);
                  take.reset();
                }}
              />
              <span data-content>{file?.name ?? t('notChosen')}</span>
            </div>
          )}
        </Field>
        {drafts && drafts.length > 0 && (
          <Select
            label={t('into')}
            value={draft?.id ?? ''}
            choices={[
              { value: '', text: t('asNew') },
              ...drafts.map((one) => ({ value: one.id, text: t('asNext', { key: one.key }) })),
            ]}
            onChoose={(chosen) => void navigate({ search: chosen ? { into: chosen } : {}, replace: true })}
          />
        )}
        <Button type="submit" look="primary" busy={take.isPending}>
          {t('take')}
        </Button>
      </form>
      {isTaken ? (
        <Notice tone="error" title={t('taken.title')}>
          <p>{t('taken.about')}</p>
        </Notice>
      ) : (
        take.error && <FindingsRefusal error={take.error} />
      )}
      <div role="status">{take.data && <ImportResult imported={take.data} />}</div>
      <p>
        <Link to="/design">{t('back')}</Link>
      </p>
    </div>
  );
}
