import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { currencyName, currencySymbol } from './orgSettings.mts';
import { writeTime } from './times.mts';

/** `GET /org`. */
export function getOrg(call: CrmCall): SimResponse {
	const { org } = call;
	const paid = org.edition !== 'free';
	const home = org.money.home.isoCode;
	return {
		status: 200,
		json: {
			org: [
				{
					id: org.orgId,
					zgid: org.zgid,
					company_name: org.name,
					type: 'production',
					time_zone: org.timeZone,
					iso_code: home,
					country_code: 'US',
					currency: `${currencyName(home)} - ${home}`,
					currency_locale: 'en_US',
					currency_symbol: currencySymbol(home),
					domain_name: `org${org.zgid}`,
					max_per_page: 200,
					primary_email: org.users[0].email,
					primary_zuid: org.users[0].zuid,
					created_time: writeTime(org.createdAt, org.timeZone),
					mc_status: false,
					gapps_enabled: false,
					translation_enabled: false,
					privacy_settings: false,
					hipaa_compliance_enabled: false,
					country: null,
					city: null,
					street: null,
					state: null,
					zip: null,
					phone: null,
					mobile: null,
					fax: null,
					website: null,
					description: null,
					employee_count: null,
					alias: null,
					photo_id: null,
					zia_portal_id: null,
					license_details: {
						paid_expiry: null,
						users_license_purchased: org.users.length,
						trial_type: null,
						trial_expiry: null,
						trial_action: null,
						paid,
						paid_type: org.edition,
						portal_users_license_purchased: 0,
					},
				},
			],
		},
	};
}
