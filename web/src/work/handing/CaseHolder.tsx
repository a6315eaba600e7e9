import '../case/texts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import { useSession } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import type { CaseDetail } from '../cases';
import { HowItGoes } from '../sending/HowItGoes';
import { useDoing } from '../sending/useDoing';
import styles from '../TaskHolder.module.css';
import { CaseHandedOver } from './HandedOver';
import { HandOver } from './HandOver';
import { caseReceivers, mayHandOverCase, mayTakeOver } from './receivers';

/** Becoming responsible for a case, and handing the whole of it over. */
export function CaseHolder({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('case');
  const session = useSession();
  const { case: one } = about;
  const [isHanding, setHanding] = useState(false);
  const [done, setDone] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const give = useGiving(one.id);
  const taking = useDoing(`take-case ${one.id}`);
  const mayHand = mayHandOverCase(one, session);
  const isMine = one.responsible?.id === session.userId;

  function told(name: string): void {
    setHanding(false);
    setDone(name);
    box.current?.focus();
  }
  return (
    <div ref={box} className={styles.holder} tabIndex={-1} role="group" aria-label={t('handOver.label')}>
      <CaseHandedOver about={about} />
      <HowItGoes doing={taking}>{done && t('handOver.done', { name: done })}</HowItGoes>
      <div className={styles.actions}>
        {mayTakeOver(one, session) && (
          <Button
            busy={taking.busy}
            onClick={() => {
              void taking.run({ body: {}, request: (key) => give(session.userId, '', key), onAnswer: told });
            }}
          >
            {t('handOver.take')}
          </Button>
        )}
        {mayHand && (
          <Button
            aria-expanded={isHanding}
            onClick={() => {
              setHanding(!isHanding);
              setDone('');
            }}
          >
            {t(isMine ? 'handOver.give' : 'handOver.assign')}
          </Button>
        )}
      </div>
      {isHanding && mayHand && (
        <div className={styles.holder}>
          <p>{t(one.responsible ? 'handOver.follow' : 'handOver.stay', { name: one.responsible?.name ?? '' })}</p>
          <HandOver
            what={`hand-over ${one.id}`}
            unit={one.unit}
            choose={(colleagues) => caseReceivers(one, colleagues)}
            words={{ give: t('handOver.give'), toWhom: t('handOver.toWhom'), nobody: t('handOver.nobody') }}
            give={give}
            onDone={told}
            onCancel={() => {
              setHanding(false);
            }}
          />
        </div>
      )}
    </div>
  );
}

/** Makes somebody responsible; what is shown of the case and of tasks is read anew. Gives their name. */
function useGiving(caseId: string): (to: string, note: string, key: string) => Promise<string> {
  const queries = useQueryClient();
  async function readAnew(): Promise<void> {
    void queries.invalidateQueries({ queryKey: ['tasks'] });
    void queries.invalidateQueries({ queryKey: ['task-counts'] });
    void queries.invalidateQueries({ queryKey: ['cases'] });
    await queries.invalidateQueries({ queryKey: ['case', caseId] });
  }
  return async (to, note, key) => {
    const params = { path: { case_id: caseId }, header: { 'Idempotency-Key': key } };
    try {
      const given = await ask(api.POST('/api/v1/cases/{case_id}/assign', { params, body: { to, note } }));
      await readAnew();
      return given.responsible?.name ?? '';
    } catch (problem) {
      if (problem instanceof ApiProblem) await readAnew();
      throw problem;
    }
  };
}
