/** Prints a token as your login would issue it, for trying the gateways: `token.ts alice`. */
import process from "node:process";
import { SignJWT } from "jose";

const token = await new SignJWT({ roles: ["viewer"] })
  .setProtectedHeader({ alg: "HS256" })
  .setIssuer("https://login.example.com")
  .setAudience("chat")
  .setSubject(process.argv[2] ?? "alice")
  .setExpirationTime("1h")
  .sign(new TextEncoder().encode(process.env.LOGIN_SECRET));
console.log(token);
