// Forms with data-passkey ask the device before they are sent. Without this script codes still work.
(() => {
  "use strict";
  const asked = async (form) => {
    const here = form.querySelector("script[type='application/json']");
    if (here) return JSON.parse(here.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  // Instead of the password only a passkey will do that the device keeps, and for which it asks who is there.
  const alone = (options, wanted) => {
    const choice = options.publicKey.authenticatorSelection;
    choice.residentKey = wanted ? "required" : "discouraged";
    choice.requireResidentKey = wanted;
    if (wanted) choice.userVerification = "required";
    return options;
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-failed]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const { creation_options: make, request_options: use } = await asked(form);
        const credential = make
          ? await webauthnJSON.create(alone(make, form.elements.passwordless.checked))
          : await webauthnJSON.get(use);
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
})();
