import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { installationQuery, useProductName } from '@/shared/installation';
import styles from './Brand.module.css';

/** The logo and the name, which lead to where one begins. */
export function Brand() {
  const name = useProductName();
  const { data } = useQuery(installationQuery);
  return (
    <Link to="/" className={styles.brand}>
      <img src={data?.logo ?? '/favicon.svg'} alt="" className={styles.logo} />
      {name}
    </Link>
  );
}
