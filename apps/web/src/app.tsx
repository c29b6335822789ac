import { noop, QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { newQueryClient } from './api/query';
import { session } from './api/session';
import { assignmentRoutes } from './assignments/routes';
import { auditRoutes } from './audit/routes';
import { bankRoutes } from './bank/routes';
import { demandRoutes } from './demand/routes';
import { eventRoutes, programmeRoutes } from './events/routes';
import { expertRoutes } from './experts/routes';
import { fundRoutes } from './funds/routes';
import { importRoutes } from './imports/routes';
import { partnershipRoutes } from './partnerships/routes';
import { projectRoutes } from './projects/routes';
import { publicRoutes } from './public/routes';
import { publishingRoutes } from './publishing/routes';
import { reportRoutes } from './reports/routes';
import { resultRoutes } from './results/routes';
import { searchRoutes } from './search/routes';
import { Broken, Unknown } from './shell/error-pages';
import { Shell } from './shell/shell';
import { SignedIn } from './shell/signed-in';
import { Start } from './start';
import { moneyRoutes } from './money/routes';
import { operationsRoutes } from './operations/routes';
import { payeeRoutes } from './payees/routes';
import { Notices } from './ui/notices';
import { Skeleton } from './ui/query-state';

const router = createBrowserRouter([
  {
    element: <Shell />,
    HydrateFallback: Skeleton,
    errorElement: <Broken />,
    children: [
      {
        errorElement: <Broken />,
        children: [
          { index: true, element: <Start /> },
          ...publicRoutes,
          ...programmeRoutes,
          {
            element: <SignedIn />,
            children: [
              ...partnershipRoutes,
              ...importRoutes,
              ...projectRoutes,
              ...resultRoutes,
              ...publishingRoutes,
              ...demandRoutes,
              ...expertRoutes,
              ...assignmentRoutes,
              ...reportRoutes,
              ...moneyRoutes,
              ...payeeRoutes,
              ...bankRoutes,
              ...fundRoutes,
              ...eventRoutes,
              ...searchRoutes,
              ...auditRoutes,
              ...operationsRoutes,
            ],
          },
          { path: '*', element: <Unknown /> },
        ],
      },
    ],
  },
]);
const client = newQueryClient();
// Who is signed in is asked beside the texts and the page, not after them: on a bad line every answer waits for long.
// What fails here, the pages that ask again tell of.
client.query(session).catch(noop);

export function App() {
  return (
    <QueryClientProvider client={client}>
      <Notices>
        <RouterProvider router={router} />
      </Notices>
    </QueryClientProvider>
  );
}
