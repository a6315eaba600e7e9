import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/shared/i18n';
import type { DemoAccount } from '@/shared/installation';
import { signIn, type Session } from '@/shared/session';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import styles from './DemoPeople.module.css';

interface Props {
  people: DemoAccount[];
  onSignedIn: (session: Session) => void;
}

/** The invented people of a demonstration: one press, and one is in as them. */
export function DemoPeople({ people, onSignedIn }: Props) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<unknown>();
  async function choose({ name, password }: DemoAccount): Promise<void> {
    setProblem(undefined);
    try {
      onSignedIn(await signIn(name, password));
    } catch (error) {
      setProblem(error);
    }
  }
  const told = people.filter(({ about }) => about);
  const others = people.filter(({ about }) => !about);
  return (
    <section aria-labelledby="demo-people" className={styles.section}>
      <h2 id="demo-people">{t('signIn.demoTitle')}</h2>
      <p>{t('signIn.demo')}</p>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <People people={told} onChoose={choose} />
      {others.length > 0 && (
        <details>
          <summary>{t('signIn.demoOthers')}</summary>
          <People people={others} onChoose={choose} />
        </details>
      )}
    </section>
  );
}

function People({ people, onChoose }: { people: DemoAccount[]; onChoose: (person: DemoAccount) => Promise<void> }) {
  return (
    <ul className={styles.people}>
      {people.map((person) => (
        <li key={person.name}>
          <button type="button" className={styles.person} onClick={() => void onChoose(person)}>
            <strong>{person.fullName}</strong>
            {person.about && <span>{person.about[currentLanguage()]}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
