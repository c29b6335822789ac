import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createPayee, listPayees } from '#contracts/finance';
import { read } from '../api/query';
import { accountText } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { CreateLink } from '../ui/create-link';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { payeeTexts } from './texts';

const FILTERS = listPayees.request.pick({ kind: true, expertId: true, municipalityId: true, cursor: true });

export function PayeesPage() {
  const { list: t, kinds, types } = useTexts(payeeTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listPayees, parametersOf(FILTERS, parameters)));
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createPayee} to="/payees/new">
          {t.create}
        </CreateLink>
      }
    >
      <Filters>
        <ChoiceFilter name="kind" label={columns.kind} choices={choicesOf(kinds)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.name,
            isHeading: true,
            cell: ({ id, name }) => (
              <Link className="kern-link" to={`/payees/${id}`}>
                {name}
              </Link>
            ),
          },
          { title: columns.kind, cell: ({ kind }) => kinds[kind] },
          { title: columns.holder, cell: ({ bankAccount }) => bankAccount.holder },
          { title: columns.account, cell: ({ bankAccount }) => accountText(bankAccount) },
          { title: columns.type, cell: ({ paymentType }) => types[paymentType] },
        ]}
      />
    </Page>
  );
}
