import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { installationQuery } from '@/shared/installation';
import { sessionQuery, type Session } from '@/shared/session';
import { Notice } from '@/shared/ui/Notice';
import { PageTitle } from '@/shared/ui/PageTitle';
import { DemoPeople } from './DemoPeople';
import { OpenFrame } from './OpenFrame';
import { SignInForm } from './SignInForm';

export function SignInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const queries = useQueryClient();
  const { data: installation } = useQuery(installationQuery);
  const { to = '/', left } = useSearch({ from: '/sign-in' });
  function go(session: Session): void {
    queries.setQueryData(sessionQuery.queryKey, session);
    router.history.push(to);
  }
  const people = installation?.demoAccounts ?? [];
  return (
    <OpenFrame>
      <PageTitle>{t('signIn.title')}</PageTitle>
      {left && (
        <div role="status">
          <Notice tone="info">
            <p>{t(`signIn.left.${left}`)}</p>
          </Notice>
        </div>
      )}
      <SignInForm onSignedIn={go} />
      {people.length > 0 && <DemoPeople people={people} onSignedIn={go} />}
    </OpenFrame>
  );
}
