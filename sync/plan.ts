/**
 * The decision of Zoho Match: which items are new, changed, unchanged or for a person to review, and what exactly to write.
 * One call per run over all items; pure. What must be looked up first is told by `crmLookups` and by `needs` of `planBooks` and `planFlat`.
 */

export { crmLookups, planCrm } from './planCrm';
export { planBooks } from './planBooks';
export { planFlat } from './planFlat';
export { itemKind, vendorKind, type FlatKind } from './flatKinds';
export * from './planTypes';
