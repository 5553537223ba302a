/**
 * A line that breaks just as another page is asked for takes the wish with it: Streamlit has taken away the page before by
 * then, and waits for a click when the line is back. It gets one, on the page that was asked for.
 */

/** How long nothing may be on the page before it is asked for again. */
const EMPTY_FOR = 1000;

/** Watch for as long as the tab is open: it is when the transcript is not there that this is needed. */
export function watchBlank() {
  const app = /** @type {HTMLElement|null} */ (document.querySelector('[data-testid="stApp"]'));
  let lost = false;
  let timer = 0;
  const isBlank = () =>
    app?.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning" &&
    !(/** @type {HTMLElement|null} */ (document.querySelector('[data-testid="stMain"]'))?.innerText.trim());
  const ask = () => {
    if (isBlank()) /** @type {HTMLElement|null} */ (document.querySelector('[data-testid="stSidebarNavLink"][aria-current="page"]'))?.click();
    lost = false;
  };
  const look = () => {
    clearTimeout(timer);
    if (app?.dataset.testConnectionState !== "CONNECTED") lost = true;
    else if (lost) timer = setTimeout(ask, EMPTY_FOR);
  };
  const attributeFilter = ["data-test-connection-state", "data-test-script-state"];
  if (app) new MutationObserver(look).observe(app, { attributes: true, attributeFilter });
}
