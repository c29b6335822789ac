import { DEMO_USERS } from './demo-users';

/** The page on which a visitor picks who to be. */
export function loginPage(action: string): string {
  const buttons = DEMO_USERS.filter(({ roles }) => !roles.includes('payout-consumer')).map(
    ({ username, name }) =>
      `<li><button name="username" value="${username}"><strong>${username}</strong> ${name}</button></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to the demo</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
ul { list-style: none; padding: 0 }
button { font: inherit; text-align: left; width: 100%; margin: .2rem 0; padding: .5rem .8rem; cursor: pointer }
</style>
</head>
<body>
<main>
<h1>Who do you want to be?</h1>
<p>This is the demo: the users are invented and need no password.</p>
<form method="post" action="${action}"><ul>
${buttons.join('\n')}
</ul></form>
</main>
</body>
</html>
`;
}
