import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn, type Session } from '@/shared/session';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { TextField } from '@/shared/ui/TextField';
import styles from './SignInForm.module.css';

interface Props {
  onSignedIn: (session: Session) => void;
}

export function SignInForm({ onSignedIn }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const typed = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      onSignedIn(await signIn(String(typed.get('name')), String(typed.get('password'))));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form className={styles.form} onSubmit={(event) => void send(event)}>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <TextField label={t('signIn.name')} name="name" autoComplete="username" autoCapitalize="none" required />
      <TextField
        label={t('signIn.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Button type="submit" look="primary" busy={busy}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
