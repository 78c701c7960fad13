/**
 * A certificate authority for the emulator's `--tls`, made for one run: its key is never written down, so
 * nobody can sign anything else with it.
 *
 * @module
 */

// The library below wants this polyfill to be there first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;
/** Clients refuse leaves that are good for much longer than a year. */
const DAYS = 365;

/** A server's identity, and what its clients must trust; all as PEM. */
export interface MadeCertificate {
  /** The authority's certificate. */
  ca: string;
  /** The server's key. */
  key: string;
  /** The server's certificate. */
  cert: string;
}

/**
 * Makes an authority and a certificate that it signed.
 *
 * @param names Host names and IP addresses of the server; `localhost` and `127.0.0.1` are always among them.
 */
export async function makeCertificate(names: readonly string[]): Promise<MadeCertificate> {
  const all = [...new Set([...names, "localhost", "127.0.0.1"])];
  const authority = await newKeys();
  const dates = { notBefore: inDays(-1), notAfter: inDays(DAYS) };
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates,
    serialNumber: serial(),
    name: "CN=tim-edge emulator, one run",
    signingAlgorithm: ALGORITHM,
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  const keys = await newKeys();
  const leaf = await x509.X509CertificateGenerator.create({
    ...dates,
    serialNumber: serial(),
    subject: `CN=${all[0]}`,
    issuer: root.subject,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        all.map((value) => ({ type: isAddress(value) ? "ip" as const : "dns" as const, value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const secret = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    ca: `${root.toString("pem")}\n`,
    key: `${x509.PemConverter.encode(secret, "PRIVATE KEY")}\n`,
    cert: `${leaf.toString("pem")}\n`,
  };
}

function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function isAddress(name: string): boolean {
  return /^\d+(\.\d+){3}$/.test(name) || name.includes(":");
}

function inDays(days: number): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000 + days * DAY_MS);
}

function serial(): string {
  return crypto.randomUUID().replaceAll("-", "").replace(/^./, "1");
}
