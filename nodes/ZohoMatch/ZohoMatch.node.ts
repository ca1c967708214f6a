import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { searchModules } from '../shared/crmModules';
import { getOrganizations } from '../shared/organizations';
import { executeConvertDeal } from './convertDeal';
import { executeConvertInvoice } from './convertInvoice';
import { executeLink } from './link';
import { executeLookUp } from './lookUp';
import { executeMatch } from './match';
import { executeSetAside, executeTakeBack } from './setAside';
import { commonProperties } from './description/common';
import { convertDealProperties, convertInvoiceProperties } from './description/convert';
import { linkProperties } from './description/link';
import { lookUpProperties } from './description/lookUp';
import { matchProperties } from './description/match';
import { setAsideProperties } from './description/setAside';

/** Operations that talk to CRM. */
const withCrm = ['match', 'link', 'lookUp', 'convertInvoice', 'convertDeal'];

/** Decides which records of the other system the input items stand for and what exactly to write there. */
export class ZohoMatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho Match',
		name: 'zohoMatch',
		icon: { light: 'file:../../icons/zohoMatch.svg', dark: 'file:../../icons/zohoMatch.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ link: "link", lookUp: "look up in CRM", convertInvoice: "convert invoice", convertDeal: "convert deal", setAside: "set aside", takeBack: "take back" })[$parameter["operation"]] ?? "match with " + ($parameter["target"] === "books" ? "Books" : "CRM") }}',
		description:
			'Finds the Zoho record that an item stands for and tells what is new, changed, unchanged or in doubt',
		defaults: { name: 'Zoho Match' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ (({
			link: ["Links", "Review"],
			lookUp: ["Found", "Not Found"],
			convertInvoice: ["Converted", "Review"],
			convertDeal: ["Converted", "Review"],
			setAside: ["Set Aside"],
			takeBack: ["Items", "Not There"],
		})[$parameter["operation"]] ?? ["New", "Changed", "Unchanged", "Review"]).map((displayName) => ({ type: "main", displayName })) }}`,
		credentials: [
			{
				name: 'zohoBooksOAuth2Api',
				required: true,
				displayOptions: { show: { operation: ['match', 'convertDeal'] }, hide: { target: ['crm'] } },
			},
			{
				name: 'zohoCrmOAuth2Api',
				required: true,
				displayOptions: { show: { operation: withCrm, authentication: ['oAuth2'] } },
			},
			{
				name: 'zohoCrmClientCredentialsApi',
				required: true,
				displayOptions: { show: { operation: withCrm, authentication: ['clientCredentials'] } },
			},
		],
		properties: [
			...commonProperties,
			...matchProperties,
			...linkProperties,
			...lookUpProperties,
			...convertInvoiceProperties,
			...convertDealProperties,
			...setAsideProperties,
		],
	};

	methods = { listSearch: { searchModules }, loadOptions: { getOrganizations } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = String(this.getNodeParameter('operation', 0));
		return await (operations[operation] ?? executeMatch)(this);
	}
}

type Execute = (context: IExecuteFunctions) => INodeExecutionData[][] | Promise<INodeExecutionData[][]>;

/** Operations beside Match. */
const operations: Record<string, Execute> = {
	link: executeLink,
	lookUp: executeLookUp,
	convertInvoice: executeConvertInvoice,
	convertDeal: executeConvertDeal,
	setAside: executeSetAside,
	takeBack: executeTakeBack,
};
