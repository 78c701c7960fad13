/**
 * The console, at `/`: health, the doctor's last report, a UserSig for the caller, a command to try.
 *
 * @module
 */

import { html } from "hono/html";
import { roomPrivileges } from "../../core/user_buf.ts";
import { commandScript } from "./command_script.ts";
import { consoleScript } from "./console_script.ts";
import {
  type GatewayPage,
  type PageFeatures,
  type PageView,
  type Piece,
  writePage,
} from "./page.ts";
import { schemaScript } from "./schema_script.ts";
import { type PageTexts, pageTexts } from "./texts.ts";

/**
 * Writes the console; for the gateway's option `console`.
 *
 * @example A gateway with a console at `/`
 * ```ts
 * import { TimClient } from "@tim/edge";
 * import { consolePage } from "@tim/edge/console";
 * import { createGateway } from "@tim/edge/hono";
 *
 * const gateway = createGateway({
 *   client: new TimClient({ sdkAppId: 1400000000, secretKey: "from the console" }),
 *   apiKeys: [{ sha256: "0".repeat(64), identifier: "reports" }],
 *   console: consolePage,
 * });
 * console.log((await gateway.request("/")).headers.get("content-type")); // text/html; charset=utf-8
 * ```
 *
 * @param view The language, the nonce, and what the gateway has.
 */
export const consolePage: GatewayPage = (view: PageView): Promise<string> =>
  writePage(view, {
    name: "",
    title: pageTexts(view.language).console,
    content: (t) => content(t, view.features),
    script: schemaScript + commandScript + consoleScript,
  });

function content(t: PageTexts, features: PageFeatures): Piece {
  return html`
    ${features.doctor ? doctor(t) : ""}
    <section aria-labelledby="h-usersig">
      <h2 id="h-usersig">${t.userSig}</h2>
      <p class="soft">${t.userSigNote} <span class="needs-session">${t.signInFirst}</span></p>
      <form id="mint-form">
        <div class="bar">
          <label>${t.lifetime}<input name="lifetime" type="number" min="1" value="3600"
            inputmode="numeric"></label>
          <button id="mint" class="main" disabled>${t.mint}</button>
        </div>
        <details>
          <summary>${t.room}</summary>
          <div class="inside">
            <div class="bar">
              <label>${t.roomId}<input name="room" autocomplete="off"></label>
              <label>${t.roomKind}<select name="kind">
                <option value="strRoomId">${t.roomText}</option>
                <option value="roomId">${t.roomNumber}</option>
              </select></label>
            </div>
            <fieldset class="bar">
              <legend>${t.privileges}</legend>
              ${Object.keys(roomPrivileges).map((name) =>
                html`<label class="check"><input type="checkbox" name="privilege" value="${name}">${name}</label>`
              )}
            </fieldset>
          </div>
        </details>
      </form>
      <div id="issued" aria-live="polite"></div>
    </section>
    <section aria-labelledby="h-try">
      <h2 id="h-try">${t.tryCommand}</h2>
      <p class="soft needs-session">${t.signInFirst}</p>
      <div class="bar">
        <label class="grow">${t.command}<input id="command" list="commands" autocomplete="off"
          spellcheck="false" placeholder="group_open_http_svc/get_appid_group_list" disabled></label>
      </div>
      <datalist id="commands"></datalist>
      <div id="try"></div>
    </section>
  `;
}

function doctor(t: PageTexts): Piece {
  return html`
    <section aria-labelledby="h-doctor">
      <h2 id="h-doctor">${t.doctor}</h2>
      <div class="bar">
        <button id="run-doctor" type="button" class="main" hidden>${t.runDoctor}</button>
        <button id="download" type="button" hidden>${t.download}</button>
      </div>
      <div id="report" aria-live="polite">
        <p class="soft">${t.signInFirst}</p>
      </div>
    </section>
  `;
}
