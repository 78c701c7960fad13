/**
 * What the test of network namespaces runs inside of one: the doctor, beside a healthy backend on 127.0.0.1.
 * Takes options of `runDoctor` as JSON, with PORT for the backend's port, and prints the report as JSON.
 */

import process from "node:process";
import { type DoctorOptions, renderJson, runDoctor } from "../../src/doctor/mod.ts";
import { hostPlatform } from "../../src/runtime/doctor_host.ts";
import { createAuthority } from "./certificates.ts";
import { startBackend } from "./tls_backend.ts";

const root = await createAuthority();
const backend = await startBackend(await root.issue({ names: ["api.test"] }));
const options: Partial<DoctorOptions> = JSON.parse(
  process.argv[2]!.replaceAll("PORT", String(backend.port)),
);
const platform = { ...hostPlatform(), env: {} };
const report = await runDoctor({ platform, extraCa: root.pem, ...options });
await backend.close();
process.stdout.write(JSON.stringify(renderJson(report)) + "\n", () => process.exit(0));
