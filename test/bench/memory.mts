import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const isServer = /\bbin\/n8n\0start\0?$/;

/** Most memory in MB that the n8n of a folder has had resident; undefined where the system does not tell it (it is Linux that does). */
export function peakMemory(folder: string): number | undefined {
	for (const id of processes()) {
		try {
			if (readlinkSync(`/proc/${id}/cwd`) !== folder) continue;
			if (!isServer.test(readFileSync(`/proc/${id}/cmdline`, 'utf8'))) continue;
			const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
			return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
		} catch {
			// It has ended, or is somebody else's.
		}
	}
	return undefined;
}

function processes(): string[] {
	try {
		return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	} catch {
		return [];
	}
}
