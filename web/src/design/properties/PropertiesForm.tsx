import Form from '@rjsf/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rjsfValidator } from '@/shared/form/rjsfValidator';
import { fields as themeFields, templates, widgets as themeWidgets } from '@/shared/form/theme';
import type { Drawn } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import type { Finding } from '../drafts';
import { ChooseWidget } from './ChooseWidget';
import { usesOf } from './declared';
import { FeelWidget } from './FeelWidget';
import { fieldErrors, toldOf } from './fieldErrors';
import type { Names } from './names';
import { schemaOf, uiOf } from './propertiesForm';
import { SuggestWidget } from './SuggestWidget';
import { useChoices } from './useChoices';
import { useTyped } from './useTyped';
import type { Values } from './values';
import { useWrittenFindings, type Written, writtenIn } from './written';

interface Props {
  studio: Studio;
  element: Drawn;
  draftId: string;
  findings: readonly Finding[];
  /** Whether the diagram has been changed since they were found. */
  isOld: boolean;
  files: Readonly<Record<string, string>>;
  names: Names | undefined;
}

const PROPERTIES = 'property';

const widgets = { ...themeWidgets, choose: ChooseWidget, feel: FeelWidget, suggest: SuggestWidget };

/** What is said about an element. What is typed goes into the diagram at each pause, as a step that can be undone. */
export function PropertiesForm({ studio, element, draftId, findings, isOld, files, names }: Props) {
  const { t } = useTranslation('draft');
  const choices = useChoices(studio, element, files, names);
  const { values, isTyped, type, place } = useTyped(studio, element);
  const [last, setLast] = useState<Written>();
  const written = isTyped || isOld ? last : undefined;
  const ofWritten = useWrittenFindings(draftId, element, written);
  const asked = { t, element, choices, uses: usesOf(studio, element) };
  return (
    <div ref={place}>
      <Form
        tagName="div"
        idPrefix={PROPERTIES}
        schema={schemaOf(asked)}
        uiSchema={uiOf(asked)}
        formData={values}
        formContext={{ names }}
        validator={rjsfValidator}
        templates={templates}
        widgets={widgets}
        fields={themeFields}
        extraErrors={fieldErrors({ saved: findings, written, ofWritten }, element, values)}
        noHtml5Validate
        noValidate
        showErrorList={false}
        experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults', constAsDefaults: 'never' }}
        onChange={({ formData }) => {
          const now = (formData ?? {}) as Values;
          setLast((before) => writtenIn(values, now) ?? before);
          type(now);
        }}
      >
        <></>
      </Form>
      <p role="status" className="visually-hidden" data-content>
        {ofWritten?.map(toldOf).join(' ')}
      </p>
    </div>
  );
}
