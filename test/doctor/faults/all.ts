/**
 * Every illness of the fault laboratory.
 */

import type { Fault } from "./examine.ts";
import { httpFaults } from "./http_faults.ts";
import { machineFaults } from "./machine_faults.ts";
import { tlsFaults } from "./tls_faults.ts";

/** Every illness, and what the doctor must say of it. */
export const faults: readonly Fault[] = [...machineFaults, ...tlsFaults, ...httpFaults];
