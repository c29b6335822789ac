import { useParams } from 'react-router';
import { useTexts } from '../i18n/texts';
import { Unknown } from '../shell/error-pages';
import { Page, Section } from '../ui/page';
import { publicTexts } from './texts';

/** What the law asks every site to say, one page a topic. */
export function AboutPage() {
  const { about } = useTexts(publicTexts);
  const { topic = '' } = useParams();
  if (!isTopic(topic, about)) return <Unknown />;
  const { title, parts } = about[topic];
  return (
    <Page title={title}>
      {parts.map((part) => (
        <Section key={part.title} title={part.title}>
          <p className="kern-body">{part.text}</p>
        </Section>
      ))}
    </Page>
  );
}

function isTopic<Topics extends object>(topic: string, topics: Topics): topic is keyof Topics & string {
  return Object.hasOwn(topics, topic);
}
