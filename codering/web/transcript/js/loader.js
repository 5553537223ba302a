/**
 * The component that is sent with every change, so it is short: the script itself stands in an element of its own, which
 * is sent once. Whichever of the two comes first waits for the other.
 */

/** @param {{parentElement: Node}} component as Streamlit calls it */
export default function load(component) {
  const show = () => globalThis.coderingTranscript.show(component);
  if (globalThis.coderingTranscript) show();
  else addEventListener("codering-transcript", show, { once: true });
  return () => globalThis.coderingTranscript?.stop(component.parentElement);
}
