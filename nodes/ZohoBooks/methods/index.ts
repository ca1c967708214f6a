export { getAccounts, getContactCustomFields, getCurrencies, getCustomFields, getTaxes, getUniqueFields } from './choices';
export { listSearch } from './search';
