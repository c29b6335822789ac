import { type EffectLeaf, effectLeaves, type EffectSum, effectTotals } from './effects';
import { FIELD_NAMES } from './field-names';
import { framed } from './frame';
import { html, type Html } from './html';
import { Exact } from '#contracts';
import {
  countriesOf,
  goalsOf,
  type Published,
  type PublishedAssignment,
  type PublishedPartnership,
  type PublishedSum,
  totalsOf,
} from './published';
import { type PublicLanguage, TEXTS, type Texts } from './texts';

export interface WorldMap {
  readonly width: number;
  readonly height: number;
  readonly land: string;
  readonly places: Readonly<Record<string, readonly [number, number]>>;
}

export interface Asked {
  readonly kind: 'overview' | 'partnership' | 'country' | 'goal';
  /** Case number, country code or number of the goal. */
  readonly key: string;
  readonly language: PublicLanguage;
  /** From 1 on: a list that is longer than a page goes on. */
  readonly page: number;
}

/** So many rows of each table keep a page below 60 kB; the map alone is more than half of that. */
const ROWS = 50;
const ROWS_BESIDE_MAP = 20;
/** Of those that share a result; all of them stand in the file. */
const PARTNERSHIPS_NAMED = 5;

/** A page without script, made from the published file alone; undefined where it knows no such thing. */
export function publicPage(published: Published, asked: Asked, map: WorldMap): string | undefined {
  const writer = new PageWriter(published, asked, map);
  if (asked.kind === 'overview') return writer.overview();
  if (asked.kind === 'country') return writer.country(asked.key);
  if (asked.kind === 'goal') return writer.goal(asked.key);
  return writer.partnership(asked.key);
}

class PageWriter {
  private readonly t: Texts;
  private readonly names: Intl.DisplayNames;

  constructor(
    private readonly published: Published,
    private readonly asked: Asked,
    private readonly map: WorldMap,
  ) {
    this.t = TEXTS[asked.language];
    this.names = new Intl.DisplayNames(asked.language, { type: 'region' });
  }

  private get hasMap(): boolean {
    return this.asked.kind === 'overview' || this.asked.kind === 'country';
  }

  overview(): string {
    const { t, published } = this;
    const { partnerships, assignments, sums } = published;
    const countries = Map.groupBy(
      partnerships.flatMap((each) => countriesOf(each).map((country) => ({ country, each }))),
      ({ country }) => country,
    );
    for (const { country } of assignments) if (!countries.has(country)) countries.set(country, []);
    const goals = Map.groupBy(
      partnerships.flatMap((each) => goalsOf(each, published)),
      (goal) => goal,
    );
    const rows = [...countries].sort(([a], [b]) => this.nameOf(a).localeCompare(this.nameOf(b)));
    return this.document(
      t.title,
      html`<p>${t.lead}</p>
        <dl class="figures">
          <div>
            <dt>${t.partnerships}</dt>
            <dd>${partnerships.length}</dd>
          </div>
          <div>
            <dt>${t.assignments}</dt>
            <dd>${assignments.length}</dd>
          </div>
          <div>
            <dt>${t.countries}</dt>
            <dd>${countries.size}</dd>
          </div>
        </dl>
        ${this.picture([...countries.keys()])}
        <h2>${t.countries}</h2>
        ${this.table(
          [t.country, t.partnerships, t.assignments],
          rows.map(([code, its]) => [
            this.link(`countries/${code}`, this.nameOf(code)),
            String(its.length),
            String(assignments.filter(({ country }) => country === code).length),
          ]),
        )}
        <h2>${t.goals}</h2>
        ${this.table(
          [t.goals, t.partnerships],
          [...goals]
            .sort(([a], [b]) => Number(a) - Number(b))
            .map(([goal, its]) => [this.link(`goals/${goal}`, t.goal(goal)), String(its.length)]),
        )}
        ${this.effect(effectLeaves(published.results))}${this.money(sums)}`,
    );
  }

  country(code: string): string | undefined {
    const { partnerships, assignments, sums } = this.published;
    const its = partnerships.filter((each) => countriesOf(each).includes(code));
    const sent = assignments.filter(({ country }) => country === code);
    if (its.length + sent.length === 0) return undefined;
    const ids = new Set(its.map(({ id }) => id));
    const money = sums.filter(({ place }) => place.id === code || ids.has(place.id));
    return this.document(
      this.nameOf(code),
      html`${this.picture([code])}${this.partnerships(its)}${this.assignments(sent)}${this.effect(effectLeaves(this.resultsOf(ids)))}${this.money(money)}`,
    );
  }

  goal(number: string): string | undefined {
    const its = this.published.partnerships.filter((each) => goalsOf(each, this.published).includes(number));
    if (its.length === 0) return undefined;
    const serves = ({ sdgTargets }: { readonly sdgTargets: readonly string[] }) =>
      sdgTargets.some((target) => target.split('.')[0] === number);
    const effect = this.effect(effectLeaves(this.published.results, serves));
    return this.document(this.t.goal(number), html`${this.partnerships(its)}${effect}`);
  }

  partnership(caseNumber: string): string | undefined {
    const { t } = this;
    const it = this.published.partnerships.find((each) => each.caseNumber === caseNumber);
    if (!it) return undefined;
    const fields = it.fields.map(({ key, percent }) => `${this.fieldName(key)} (${percent} %)`);
    return this.document(
      this.townsOf(it),
      html`<dl>
          <dt>${t.partnership}</dt>
          <dd>${it.caseNumber}</dd>
          <dt>${t.state}</dt>
          <dd>${t.states[it.status]}${it.from ? `, ${t.since} ${it.from.slice(0, 4)}` : ''}</dd>
          <dt>${t.countries}</dt>
          <dd>${countriesOf(it).map((code) => html`${this.link(`countries/${code}`, this.nameOf(code))} `)}</dd>
          <dt>${t.fields}</dt>
          <dd>${fields.join(', ')}</dd>
          <dt>${t.goals}</dt>
          <dd>${goalsOf(it, this.published).map((goal) => html`${this.link(`goals/${goal}`, t.goal(goal))} `)}</dd>
        </dl>
        ${this.assignments(this.published.assignments.filter(({ partnershipIds }) => partnershipIds.includes(it.id)))}
        ${this.effect(effectLeaves(this.resultsOf(new Set([it.id]))))}
        ${this.money(this.published.sums.filter(({ place }) => place.id === it.id))}`,
    );
  }

  private partnerships(all: readonly PublishedPartnership[]): Html {
    const { t } = this;
    const rows = all.map((each) => [
      this.partnershipLink(each, this.townsOf(each)),
      t.states[each.status],
      each.fields.map(({ key }) => this.fieldName(key)).join(', '),
    ]);
    return html`<h2>${t.partnerships} (${all.length})</h2>
      ${this.table([t.partnership, t.state, t.fields], rows)}`;
  }

  private assignments(all: readonly PublishedAssignment[]): Html {
    const { t } = this;
    const rows = all.map(({ instrument, status, from, to, town, country }) => [
      `${t.instruments[instrument]}, ${town?.name ?? this.nameOf(country)}`,
      t.steps[status],
      `${from.slice(0, 7)} – ${to.slice(0, 7)}`,
    ]);
    return html`<h2>${t.assignments} (${all.length})</h2>
      ${this.table([t.assignments, t.state, t.period], rows)}`;
  }

  private resultsOf(partnershipIds: ReadonlySet<string>): Published['results'] {
    return this.published.results.filter((result) => result.partnershipIds.some((id) => partnershipIds.has(id)));
  }

  /** By indicator of the programme, and beneath it every result that the totals are made of. */
  private effect(leaves: readonly EffectLeaf[]): Html {
    const { t } = this;
    if (leaves.length === 0)
      return html`<h2>${t.effect}</h2>
        <p>${t.noEffect}</p>`;
    return html`<h2>${t.effect}</h2>
      <p>${t.effectNote}</p>
      ${this.table(
        [t.indicator, t.results, t.baseline, t.target, t.actual],
        effectTotals(leaves).map(({ standard, results, ...sums }) => [
          this.indicatorName(standard),
          String(results),
          ...this.figures(sums),
        ]),
      )}
      <h3>${t.effectLeaves}</h3>
      ${this.table(
        [t.partnership, t.kind, t.indicator, t.baseline, t.target, t.actual],
        leaves.map(({ result, indicator, ...sums }) => [
          this.partnershipLinks(result.partnershipIds),
          t.resultTypes[result.type],
          this.indicatorName(indicator.standard),
          ...this.figures(sums),
        ]),
      )}`;
  }

  private figures({
    baseline,
    target,
    actual,
  }: Readonly<Record<'baseline' | 'target' | 'actual', EffectSum | null>>): string[] {
    return [baseline, target, actual].map((sum) => (sum ? this.figure(sum) : '–'));
  }

  private figure(sum: EffectSum): string {
    const { t } = this;
    switch (sum.kind) {
      case 'NUMBER':
        return this.number(sum.number);
      case 'PERCENTAGE': {
        const { numerator, denominator } = sum;
        const percent = Exact.parse(numerator).times(Exact.of(100)).dividedBy(Exact.parse(denominator)).toDecimal(1);
        return `${this.number(percent)} % (${t.outOf(this.number(numerator), this.number(denominator))})`;
      }
      case 'YES_NO':
        return t.outOf(String(sum.met), String(sum.answered));
    }
  }

  /** A result of several partnerships names them by their numbers, which are short. */
  private partnershipLinks(ids: readonly string[]): Html {
    const its = this.published.partnerships.filter(({ id }) => ids.includes(id));
    const links = its
      .slice(0, PARTNERSHIPS_NAMED)
      .map((each) => html`${this.partnershipLink(each, its.length > 1 ? each.caseNumber : this.townsOf(each))} `);
    const more = its.length - links.length;
    return html`${links}${more > 0 ? `+ ${more}` : null}`;
  }

  /** By year, and beneath it every published sum that the years are made of. */
  private money(sums: readonly PublishedSum[]): Html {
    const { t } = this;
    if (sums.length === 0)
      return html`<h2>${t.money}</h2>
        <p>${t.noMoney}</p>`;
    const of = (its: readonly PublishedSum[], kind: PublishedSum['kind']) =>
      totalsOf(its.filter((each) => each.kind === kind))
        .map((money) => this.amount(money))
        .join(' + ') || '–';
    const years = [...Map.groupBy(sums, ({ quarter }) => quarter.slice(0, 4))].sort(([a], [b]) => a.localeCompare(b));
    return html`<h2>${t.money}</h2>
      ${this.table(
        [t.year, t.committed, t.paid],
        years.map(([year, its]) => [year, of(its, 'COMMITMENT'), of(its, 'DISBURSEMENT')]),
      )}
      <h3>${t.leaves}</h3>
      ${this.table(
        [t.place, t.quarter, t.kind, t.assignments, t.amount],
        sums.map(({ place, quarter, kind, assignments, amount }) => [
          this.placeName(place),
          quarter,
          kind === 'COMMITMENT' ? t.committed : t.paid,
          String(assignments),
          this.amount(amount),
        ]),
      )}`;
  }

  private placeName({ level, id }: PublishedSum['place']): Html | string {
    if (level === 'FUND') return this.t.fund;
    if (level === 'COUNTRY') return this.link(`countries/${id}`, this.nameOf(id));
    const it = this.published.partnerships.find((each) => each.id === id);
    return it ? this.partnershipLink(it, this.townsOf(it)) : this.t.partnership;
  }

  private table(heads: readonly string[], rows: readonly (readonly (Html | string)[])[]): Html {
    const { t } = this;
    if (rows.length === 0) return html`<p>${t.none}</p>`;
    const perPage = this.hasMap ? ROWS_BESIDE_MAP : ROWS;
    const pages = Math.ceil(rows.length / perPage);
    const page = Math.min(this.asked.page, pages);
    const shown = rows.slice((page - 1) * perPage, page * perPage);
    const more = page < pages ? html` <a href="?lang=${this.asked.language}&page=${page + 1}">${t.next}</a>` : null;
    return html`<div class="wide" tabindex="0" role="region" aria-label="${heads[0] ?? ''}">
        <table>
          <thead>
            <tr>
              ${heads.map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${shown.map(
              (cells) =>
                html`<tr>
                  ${cells.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${pages > 1 ? html`<p>${t.page(page, pages)}${more}</p>` : null}`;
  }

  private picture(codes: readonly string[]): Html {
    const { width, height, land, places } = this.map;
    const marks = codes.flatMap((code) => {
      const place = places[code];
      return place
        ? [html`<circle cx="${place[0]}" cy="${place[1]}" r="5"><title>${this.nameOf(code)}</title></circle>`]
        : [];
    });
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${this.t.map}">
      <path d="${land}" />
      ${marks}
    </svg>`;
  }

  private document(title: string, body: Html): string {
    const { t, published, asked } = this;
    const about = html`<p>${t.leftOut(published.leftOut)}</p>
      <p>${published.publisher}. ${t.licence} ${published.asOf}. Natural Earth.</p>`;
    return framed({ title, body, about, language: asked.language });
  }

  private link(path: string, text: string): Html {
    return html`<a href="/public/${path}?lang=${this.asked.language}">${text}</a>`;
  }

  private partnershipLink({ caseNumber }: PublishedPartnership, text: string): Html {
    return this.link(`partnerships/${caseNumber}`, text);
  }

  private indicatorName(standard: string): string {
    const known = this.published.indicators[standard];
    const { language } = this.asked;
    return known ? `${known.title[language]} (${known.unit[language]})` : standard;
  }

  private townsOf({ towns }: PublishedPartnership): string {
    return towns.map(({ name, country }) => name ?? `${this.t.aMunicipality} (${this.nameOf(country)})`).join(' – ');
  }

  private fieldName(key: string): string {
    const { language } = this.asked;
    const name = this.published.fieldsOfAction[key]?.name;
    if (language === 'de' || language === 'en') return name?.[language] ?? key;
    return FIELD_NAMES[language][key] ?? name?.en ?? key;
  }

  private nameOf(country: string): string {
    return this.names.of(country) ?? country;
  }

  private amount({ amount, currency }: PublishedSum['amount']): string {
    return `${this.number(amount)} ${currency}`;
  }

  /** With as many decimals as it has, exactly. */
  private number(decimal: string): string {
    const digits = decimal.split('.')[1]?.length ?? 0;
    const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(this.asked.language, form).format(decimal as Intl.StringNumericLiteral);
  }
}
