import { signInAddress } from '../api/session';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Page, Section } from '../ui/page';
import { publicTexts } from './texts';

/** What somebody sees who is not signed in: what this is, for whom, and how it goes on. */
export function PublicStartPage() {
  const { start } = useTexts(publicTexts);
  return (
    <Page
      title={start.title}
      lead={start.lead}
      acts={
        <div className="buttons">
          <a className="kern-btn kern-btn--primary" href={signInAddress('/')}>
            <span className="kern-label">{start.signIn}</span>
          </a>
          <LinkButton to="/events">{start.events}</LinkButton>
          <a className="kern-btn kern-btn--secondary" href="/public">
            <span className="kern-label">{start.numbers}</span>
          </a>
        </div>
      }
    >
      <Section title={start.stepsTitle}>
        <ol className="steps">
          {start.steps.map(({ title, text }) => (
            <li key={title}>
              <h3 className="kern-heading-small">{title}</h3>
              <p className="kern-body">{text}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={start.waysTitle}>
        <ul className="cards">
          {start.ways.map(({ title, text }) => (
            <li key={title} className="plain-card">
              <h3 className="kern-heading-small">{title}</h3>
              <p className="kern-body">{text}</p>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
