import { type CrmFault, fault } from './errors.mts';
import { isObject, type Json } from './values.mts';

/**
 * What is special about notes. Source: Zoho's OpenAPI file for notes and its examples (createNotesModule, updateNotesModule).
 */

const empty = (value: unknown) => value === undefined || value === null || value === '';

/** A note needs a title or a content, and a new one its parent. */
export function checkNote(input: Json, path: string, isNew: boolean): CrmFault | undefined {
	const names = ['Note_Content', 'Note_Title'];
	if (names.every((name) => empty(input[name]))) {
		return fault('EXPECTED_FIELD_MISSING', 'should contain either content or title', {
			expected_fields: names.map((name) => ({ api_name: name, json_path: `${path}.${name}` })),
		});
	}
	if (!isNew || isObject(input['Parent_Id'])) return undefined;
	return fault('INVALID_DATA', 'invalid data', {
		expected_data_type: 'jsonobject',
		api_name: 'Parent_Id',
		json_path: `${path}.Parent_Id`,
	});
}
