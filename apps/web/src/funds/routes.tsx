import type { RouteObject } from 'react-router';
import { type Texts, withTexts } from '../i18n/texts';
import { claimTexts } from './claims/texts';
import { commitmentTexts } from './commitments/texts';
import { drawdownTexts } from './drawdowns/texts';
import { fundTexts } from './fund/texts';
import { proofTexts } from './proofs/texts';
import { rateTexts } from './rates/texts';
import { ruleTexts } from './rules/texts';
import { fundsTexts } from './texts';
import { verificationTexts } from './verification/texts';
import { whatIfTexts } from './what-if/texts';

type Component = NonNullable<RouteObject['Component']>;

/** A page, fetched with its texts and the words of the area. */
function page(path: string, load: () => Promise<Component>, ...texts: readonly Texts<unknown>[]): RouteObject {
  return { path: `funds${path}`, lazy: async () => ({ Component: await withTexts(load(), fundsTexts, ...texts) }) };
}

export const fundRoutes: RouteObject[] = [
  page('', async () => (await import('./fund/list')).FundsPage, fundTexts),
  page('/new', async () => (await import('./fund/create')).CreateFundPage, fundTexts),
  page('/commitments', async () => (await import('./commitments/list')).CommitmentsPage, commitmentTexts),
  page(
    '/commitments/:commitmentId',
    async () => (await import('./commitments/commitment')).CommitmentPage,
    commitmentTexts,
    ruleTexts,
  ),
  page('/drawdowns', async () => (await import('./drawdowns/list')).DrawdownsPage, drawdownTexts),
  page('/drawdowns/new', async () => (await import('./drawdowns/create')).CreateDrawdownPage, drawdownTexts),
  page(
    '/drawdowns/:drawdownId',
    async () => (await import('./drawdowns/drawdown')).DrawdownPage,
    drawdownTexts,
    ruleTexts,
  ),
  page('/claims', async () => (await import('./claims/list')).ClaimsPage, claimTexts),
  page('/claims/new', async () => (await import('./claims/create')).CreateClaimPage, claimTexts),
  page('/claims/:claimId', async () => (await import('./claims/claim')).ClaimPage, claimTexts, drawdownTexts),
  page('/proofs', async () => (await import('./proofs/list')).ProofsPage, proofTexts),
  page('/proofs/new', async () => (await import('./proofs/create')).CreateProofPage, proofTexts),
  page('/proofs/:proofOfUseId', async () => (await import('./proofs/proof')).ProofPage, proofTexts),
  page('/proofs/:proofOfUseId/form', async () => (await import('./proofs/write')).WriteProofPage, proofTexts),
  page('/rates', async () => (await import('./rates/rates')).RatesPage, rateTexts),
  page('/rates/import', async () => (await import('./rates/import')).ImportRatesPage, rateTexts),
  page('/rules', async () => (await import('./rules/rules')).RulesPage, ruleTexts),
  page('/rules/new', async () => (await import('./rules/propose')).ProposeRulePage, ruleTexts),
  page('/rules/proposals', async () => (await import('./rules/proposals')).RuleProposalsPage, ruleTexts),
  page(
    '/rules/:service/proposals/:proposalId',
    async () => (await import('./rules/proposal')).RuleProposalPage,
    ruleTexts,
  ),
  page('/verification', async () => (await import('./verification/verification')).VerificationPage, verificationTexts),
  page('/:fundId', async () => (await import('./fund/cockpit')).CockpitPage, fundTexts),
  page('/:fundId/journal', async () => (await import('./fund/journal')).JournalPage, fundTexts),
  page('/:fundId/what-if', async () => (await import('./what-if/what-if')).WhatIfPage, fundTexts, whatIfTexts),
  page('/:fundId/statement', async () => (await import('./fund/statement')).StatementPage, fundTexts),
];
