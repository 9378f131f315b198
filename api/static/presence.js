// Who leaves a case is not told of any longer as having it open.
"use strict";

window.addEventListener("pagehide", () => {
  const presence = document.getElementById("presence");
  navigator.sendBeacon(`${presence.getAttribute("hx-post")}/leave`, new FormData(presence));
});
