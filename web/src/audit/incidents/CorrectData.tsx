import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseForm } from '@/shared/form/CaseForm';
import { currentLanguage } from '@/shared/i18n';
import type { Json, JsonObject } from '@/shared/form/rules/schema';
import { Notice } from '@/shared/ui/Notice';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { writable, type Writable } from '../data/naming';
import { rowsOf } from '../replay/rows';
import { usedFormsQuery } from '../queries';
import type { IncidentDetail } from './queries';
import { correctionForm, fieldFor, OTHER, otherForm, sent } from './correction';
import { mendAndRetry, useOperation, type Mended } from './operate';
import styles from './IncidentItem.module.css';

interface CorrectDataProps {
  detail: IncidentDetail;
  /** The path of what is to be corrected, where that is known already. */
  first: string | undefined;
}

/** Puts one value of the case right: in the form's own field where a form has it, else as JSON. */
export function CorrectData({ detail, first }: CorrectDataProps) {
  const { t } = useTranslation('audit');
  const { incident } = detail;
  const language = currentLanguage();
  const { data: used } = useQuery(usedFormsQuery(incident.caseId));
  const fields = writable(used?.items ?? [], incident.call, language);
  const [path, setPath] = useState<string | undefined>(first && (fieldFor(fields, first)?.path ?? OTHER));
  const [saved, setSaved] = useState<Mended & { name: string }>();
  const known = new Map(rowsOf(detail.data ?? {}));
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (first) place.current?.focus();
  }, [first]);
  const titleOf = ({ used, label }: Writable) => {
    const { title } = used.form.texts[language];
    return typeof title === 'string' ? `${label} (${title})` : label;
  };
  return (
    <section ref={place} tabIndex={-1} className={styles.way} aria-labelledby="correct-data">
      <h2 id="correct-data">{t('incidents.mend')}</h2>
      <p>{t('incidents.mendWhat')}</p>
      <div role="status">{saved && <Corrected mended={saved} name={saved.name} />}</div>
      {saved?.refused !== undefined && <ProblemNotice error={saved.refused} />}
      <div className={styles.form}>
        <Select
          label={t('incidents.which')}
          value={path ?? ''}
          choices={[
            { value: '', text: t('incidents.choose') },
            ...fields.map((field) => ({ value: field.path, text: titleOf(field) })),
            { value: OTHER, text: t('incidents.other') },
          ]}
          onChoose={(chosen) => {
            setPath(chosen);
            setSaved(undefined);
          }}
        />
        {path && (
          <Correction
            key={path}
            detail={detail}
            field={fields.find((field) => field.path === path)}
            paths={[...known.keys()]}
            first={first}
            before={known.get(path)}
            onDone={(name, mended) => {
              setPath(undefined);
              setSaved({ ...mended, name });
            }}
          />
        )}
      </div>
    </section>
  );
}

/** That the data are right now, and what came of trying again where that was asked for. */
function Corrected({ mended: { tried }, name }: { mended: Mended; name: string }) {
  const { t } = useTranslation('audit');
  if (tried?.incident.state === 'resolved') return null; // the page says that it is solved
  return (
    <Notice tone={tried ? 'warning' : 'good'} title={t('incidents.mended', { name })}>
      <p>{tried ? `${t('incidents.failedAgain')} ${t('incidents.seeAbove')}` : t('incidents.mendedNext')}</p>
    </Notice>
  );
}

interface CorrectionProps {
  detail: IncidentDetail;
  /** None: what no form has. */
  field: Writable | undefined;
  paths: readonly string[];
  first: string | undefined;
  before: unknown;
  onDone: (name: string, mended: Mended) => void;
}

function Correction({ detail, field, paths, first, before, onDone }: CorrectionProps) {
  const { t } = useTranslation('audit');
  const wordsOf = (lng: 'sv' | 'en') => ({
    reason: t('incidents.reason', { lng }),
    hint: t('incidents.reasonHint', { lng }),
    again: t('incidents.again', { lng }),
    submit: t('incidents.mendNow', { lng }),
    path: t('incidents.path', { lng }),
    value: t('incidents.value', { lng }),
    valueHint: t('incidents.valueHint', { lng }),
  });
  const form = field
    ? correctionForm(field, wordsOf('sv'), wordsOf('en'))
    : otherForm(paths, wordsOf('sv'), wordsOf('en'));
  const [values, setValues] = useState<JsonObject>({
    again: true,
    ...(field && before !== undefined && before !== null && { value: before as Json }),
    ...(!field && first && paths.includes(first) && { path: first }),
  });
  const mending = useOperation(mendAndRetry(detail.incident));
  return (
    <>
      {mending.error && <ProblemNotice error={mending.error} />}
      <CaseForm
        id="correction"
        form={form}
        values={values}
        busy={mending.isPending}
        onChange={setValues}
        onSubmit={async (typed) => {
          const asked = sent(typed, field?.path);
          // What the server refuses is told above the form.
          const done = await mending.mutateAsync(asked).catch(() => undefined);
          if (done) onDone(field?.label ?? asked.path, done);
          return [];
        }}
      />
    </>
  );
}
