import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../audit/audit.mts';
import { readFrom } from '../../audit/systems.mts';
import { places } from '../../launcher/places.mts';
import { bringToLife } from '../../launcher/sandbox.mts';
import { contactTemplates, moneyTemplates, setUpTemplate } from '../../launcher/templateList.mts';
import { cents } from '../money.mts';
import { smallPair } from '../otherPair.mts';
import { textAt } from '../pair.mts';
import { holds, only, same } from '../scene.mts';
import type { Step } from '../step.mts';
import { setPolls } from '../polls.mts';
import { customerWithDeal, dealAmounts, moneyTime } from './moneyScene.mts';

export const noInvoicesModule: Step = {
	name: 'no_invoices_module',
	proves:
		'Where the CRM edition has no Invoices, an invoice becomes one note on its Deal, and the amounts of the Deal are kept all the same.',
	async run(scene) {
		const { small, pair } = scene;
		const { credentials, edition } = smallPair(pair.booksAt, pair.crmAt);
		const org = scene.simulator.world.tenantOf('crm', small.crmAt)?.crm;
		holds('a CRM without Invoices', org?.modules.has('Invoices') === false);
		const templates = await bringToLife(scene.sandbox.api, {
			folder: places.check,
			credentials,
			edition,
			edit: setPolls,
			files: [setUpTemplate, contactTemplates.books, moneyTemplates.invoices, moneyTemplates.payments],
			say: () => undefined,
		});
		await scene.quiet();

		const customer = await customerWithDeal(scene, 'Fermat Margins', 'pierre@fermat-margins.example', small);
		const { desk, customerId, dealId } = customer;
		const line_items = [{ name: 'Proof', quantity: 1, rate: 250, tax_id: desk.tax(19) }];
		const invoice = desk.invoice(customerId, { reference_number: dealId, line_items });
		const id = textAt(invoice, 'invoice_id');
		const title = `Zoho Books invoice ${textAt(invoice, 'invoice_number')}`;
		const notes = () => small.crm('Notes').filter((note) => note.Note_Title === title);
		await scene.eventually(
			'a note, and the amounts of the Deal',
			() => notes().length > 0 && isDeepStrictEqual(dealAmounts(desk, dealId), [29_750, 0, 29_750]),
			() => ({ notes: small.crm('Notes'), deal: dealAmounts(desk, dealId) }),
			moneyTime,
		);
		desk.updateInvoice(id, { notes: 'With a wide margin' });
		desk.pay(customerId, 100, { [id]: 100 });
		await scene.eventually(
			'the payment on the Deal',
			() => isDeepStrictEqual(dealAmounts(desk, dealId), [29_750, 10_000, 19_750]),
			() => dealAmounts(desk, dealId),
			moneyTime,
		);
		await scene.quiet();
		const note = only('notes about the invoice', notes());
		same('what the note is about', textAt(note, 'Parent_Id.id'), dealId);
		holds('the total in the note', textAt(note, 'Note_Content').includes('297.5'), note);
		same('the total in Books', cents(desk.invoiceNow(id).total), 29_750);
		const sides = { books: { location: small.booksAt }, crm: { location: small.crmAt } };
		const { modules } = await audit(readFrom(scene.simulator), sides);
		const told = Object.values(modules).flatMap(({ differences }) => differences.map(({ says }) => says));
		same('differences between the two systems', told, []);
		for (const template of templates) if (template.live) await scene.sandbox.api.unpublish(template.id);
	},
};
