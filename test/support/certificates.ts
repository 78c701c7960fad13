/**
 * A private certificate authority for one test: a root that signs leaves, all made on the spot.
 */

// The library below wants this polyfill to be there first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;

/** What a TLS server needs, as PEM. */
export interface ServerIdentity {
  key: string;
  /** The leaf, and the root after it when asked for. */
  cert: string;
}

/** What a leaf says. */
export interface LeafOptions {
  /** DNS names; `127.0.0.1` and `localhost` when left out. */
  names?: string[];
  /** First and last day, in days from now. */
  fromDays?: number;
  toDays?: number;
  /** Whether the server sends the root too, as interception proxies do. */
  withRoot?: boolean;
}

/** A root certificate and the leaves it signs. */
export interface Authority {
  /** The root, as PEM. */
  pem: string;
  issue(options?: LeafOptions): Promise<ServerIdentity>;
}

/** Makes a root. */
export async function createAuthority(name = "Test Root"): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${name}`,
    notBefore: inDays(-2000),
    notAfter: inDays(2000),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const pem = root.toString("pem");
  return { pem, issue: (options = {}) => issue(root, keys.privateKey, options) };
}

async function issue(
  root: x509.X509Certificate,
  signingKey: CryptoKey,
  { names = ["localhost"], fromDays = -1, toDays = 90, withRoot = false }: LeafOptions,
): Promise<ServerIdentity> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${names[0]}`,
    issuer: root.subject,
    notBefore: inDays(fromDays),
    notAfter: inDays(toDays),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: "dns" as const, value })),
        { type: "ip" as const, value: "127.0.0.1" },
      ]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey("pkcs8", keys.privateKey),
    "PRIVATE KEY",
  );
  return {
    key,
    cert: [leaf.toString("pem"), withRoot ? root.toString("pem") : ""].join("\n"),
  };
}

function inDays(days: number): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000 + days * DAY_MS);
}

function serial(): string {
  return crypto.randomUUID().replaceAll("-", "").replace(/^./, "1");
}
