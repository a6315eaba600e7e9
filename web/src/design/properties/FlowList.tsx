import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Select } from '@/shared/ui/Select';
import styles from './properties.module.css';
import { type Drawn, isFlow } from '../drawing/bpmn';
import type { Studio } from '../drawing/Studio';
import { useWords } from '../drawing/useWords';

/** Where a step leads: its flows, each with a way to what is said about it, and a new flow to any other step. */
export function FlowList({ studio, element }: { studio: Studio; element: Drawn }) {
  const { t } = useTranslation('draft');
  const words = useWords();
  const [to, setTo] = useState('');
  const flows = element.outgoing.filter(isFlow);
  const others = studio.steps.filter(
    (step) => step !== element && step.parent === element.parent && step.type !== 'bpmn:StartEvent',
  );
  if (element.type === 'bpmn:EndEvent') return null;
  return (
    <div className={styles.flows} role="group" aria-labelledby="flows">
      <h3 id="flows">{t('flows.title')}</h3>
      {flows.length === 0 && <p className={styles.hint}>{t('flows.none')}</p>}
      <ul>
        {flows.map((flow) => (
          <li key={flow.id}>
            <Button
              look="plain"
              data-content
              onClick={() => {
                studio.select(flow);
              }}
            >
              {[flow.businessObject.name, flow.target && words.name(flow.target)].filter(Boolean).join(' → ')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.row}>
        <Select
          id="flow-to"
          label={t('flows.to')}
          value={to}
          choices={[
            { value: '', text: t('flows.choose') },
            ...others.map((step) => ({ value: step.id, text: words.name(step) })),
          ]}
          onChoose={(id) => {
            setTo(id ?? '');
          }}
        />
        {to && (
          <Button
            onClick={() => {
              const target = studio.find(to);
              if (target)
                studio.together(() => {
                  studio.get('modeling').connect(element, target);
                });
              setTo('');
            }}
          >
            {t('flows.connect')}
          </Button>
        )}
      </div>
    </div>
  );
}
