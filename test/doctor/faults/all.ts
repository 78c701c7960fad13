/**
 * Every illness of the fault laboratory.
 */

import { appFaults } from "./app_faults.ts";
import { dnsFaults } from "./dns_faults.ts";
import type { Fault } from "./examine.ts";
import { httpFaults } from "./http_faults.ts";
import { machineFaults } from "./machine_faults.ts";
import { tlsFaults } from "./tls_faults.ts";

/** Every illness, and what the doctor must say of it. */
export const faults: readonly Fault[] = [
  ...machineFaults,
  ...dnsFaults,
  ...tlsFaults,
  ...httpFaults,
  ...appFaults,
];
