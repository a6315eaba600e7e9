import './texts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormDefinition } from '@/shared/form/CaseForm';
import { differences, withChoices } from '@/shared/form/compare/differences';
import { SideBySide } from '@/shared/form/compare/SideBySide';
import type { JsonObject } from '@/shared/form/rules/schema';
import { momentOf } from '@/shared/time';
import type { Copy } from './places';
import type { Draft } from './useDraft';

/** The same person wrote different things in two places: field by field, what to go on with. */
export function DraftChoice({ form, draft, other }: { form: FormDefinition; draft: Draft; other: Copy }) {
  const { t } = useTranslation('drafting');
  const found = useMemo(
    () => differences(form.schema as JsonObject, draft.values, other.values),
    [form, draft.values, other.values],
  );
  const when = { when: momentOf(other.savedAt) };
  return (
    <SideBySide
      key={other.savedAt}
      id="drafts"
      form={form}
      title={t('elsewhere.title')}
      why={t(`elsewhere.${other.origin}`)}
      differences={found}
      mine={t('elsewhere.here')}
      theirs={other.origin === 'server' ? t('elsewhere.onServer', when) : t('elsewhere.onDevice', when)}
      submit={t('elsewhere.go')}
      onChosen={(choices) => {
        draft.choose(withChoices(draft.values, choices));
      }}
    />
  );
}
