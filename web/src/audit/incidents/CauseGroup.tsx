import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import { momentOf } from '@/shared/time';
import { Button } from '@/shared/ui/Button';
import { useProcessName } from '../names';
import type { IncidentGroup } from './queries';
import { GroupMembers } from './GroupMembers';
import { chosenBy, type IncidentFilter } from './incidentFilter';
import styles from './IncidentItem.module.css';
import type { What } from './retryMany';
import { stepName } from './stepName';

interface Props {
  group: IncidentGroup;
  filter: IncidentFilter;
  isOpen: boolean;
  /** Called with what is to be tried again, how many those are, and what they are called. */
  onRetry: (what: What, count: number, name: string) => void;
}

/** What failed in the same way, as one: how many, where, why and since when, and the cases themselves when one asks for them. */
export function CauseGroup({ group, filter, isOpen, onRetry }: Props) {
  const { t } = useTranslation('audit');
  const process = useProcessName(group.process);
  const [isShown, setShown] = useState(isOpen);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { count, operated } = group;
  const name = stepName(group) || process;
  const same = { process: group.process, element: group.element, kind: group.kind, message: group.message };
  return (
    <li className={styles.incident}>
      <h2 className={styles.title} data-content>
        {count} × {name}
      </h2>
      <p>{group.text[currentLanguage()]}</p>
      <p lang={group.told.sv === group.told.en ? 'en' : undefined} className={styles.message} data-content>
        {group.told[currentLanguage()]}
      </p>
      <p className={styles.facts}>
        <span data-content>{process}</span>
        <span>{t('incidents.since', { when: momentOf(group.first) })}</span>
        {group.attempts > count && (
          <span>{t('incidents.triedLast', { number: group.attempts, when: momentOf(group.lastTriedAt) })}</span>
        )}
        {operated > 0 && operated < count && <span>{t('incidents.yours', { number: operated, count })}</span>}
      </p>
      {operated > 0 && (
        <div>
          <Button
            aria-label={t(chosen.size > 0 ? 'incidents.retryChosenOf' : 'incidents.retryAllOf', {
              count: chosen.size > 0 ? chosen.size : operated,
              name,
            })}
            onClick={() => {
              if (chosen.size > 0) onRetry({ ids: [...chosen] }, chosen.size, name);
              else onRetry({ chosen: { ...chosenBy(filter), ...same } }, operated, name);
            }}
          >
            {t(chosen.size > 0 ? 'incidents.retryChosen' : 'incidents.retryAll', {
              count: chosen.size > 0 ? chosen.size : operated,
            })}
          </Button>
        </div>
      )}
      <details
        className={styles.known}
        open={isShown}
        onToggle={({ currentTarget }) => {
          setShown(currentTarget.open);
        }}
      >
        <summary>{t('incidents.cases', { count })}</summary>
        {isShown && <GroupMembers filter={{ ...filter, ...same }} chosen={chosen} onChoose={setChosen} />}
      </details>
    </li>
  );
}
