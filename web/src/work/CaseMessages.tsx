import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { Notice } from '@/shared/ui/Notice';
import styles from './CaseMessages.module.css';
import type { CaseDetail, OfferedMessage } from './cases';
import { TellCase } from './TellCase';

/** What can be told to the case now: that the client moves, that the host accepts. */
export function CaseMessages({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const [sent, setSent] = useState('');
  if (about.messages.length === 0 && !sent) return null;
  return (
    <section className={styles.messages} aria-labelledby="messages">
      <h2 id="messages">{t('messages.title')}</h2>
      <p>{t('messages.intro')}</p>
      <div role="status">{sent && <Notice tone="good">{t('messages.sent', { title: sent })}</Notice>}</div>
      {about.messages.map((message) => (
        <Offered
          key={message.name}
          message={message}
          caseId={about.case.id}
          onSent={() => {
            setSent(message.title);
          }}
        />
      ))}
    </section>
  );
}

interface OfferedProps {
  message: OfferedMessage;
  caseId: string;
  onSent: () => void;
}

function Offered({ message, caseId, onSent }: OfferedProps) {
  const place = useId();
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <div>
      <Button
        aria-expanded={isOpen}
        aria-controls={isOpen ? place : undefined}
        data-content
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {message.title}
      </Button>
      {isOpen && (
        <div id={place} className={styles.form}>
          <TellCase message={message} caseId={caseId} onSent={onSent} onClose={close} />
        </div>
      )}
    </div>
  );
}
