// The square on a letter leads to /verify#number/code, and no browser sends what stands behind the `#`:
// fill the form with it, and take it out of the address again. A file is compared without leaving the device.
"use strict";

const form = document.getElementById("verify");
const given = window.location.hash.slice(1);
if (form && given.includes("/")) {
  const at = given.lastIndexOf("/");
  fill("number", given.slice(0, at));
  fill("code", given.slice(at + 1));
  history.replaceState(null, "", window.location.pathname);
  form.querySelector("button").focus();
}

function fill(name, encoded) {
  try {
    document.getElementById(name).value = decodeURIComponent(encoded);
  } catch {
    document.getElementById(name).value = encoded; // A stray `%` is no reason to type it all.
  }
}

// Browsers reckon digests on secure pages only; elsewhere the page says how to do it by hand.
const here = document.getElementById("compare-here");
if (here && window.crypto.subtle) {
  here.hidden = false;
  document.getElementById("file").addEventListener("change", compare);
}

async function compare(event) {
  const [file] = event.target.files;
  const verdict = document.getElementById("verdict");
  verdict.hidden = !file;
  if (!file) return;
  const bytes = new Uint8Array(await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const same = digest === document.getElementById("digest").textContent.trim();
  verdict.className = same ? "note note-good" : "note note-bad";
  verdict.textContent = same
    ? `一致：“${file.name}”就是本系统出具的文件。`
    : `不一致：“${file.name}”不是本系统出具的文件，或者出具后被改动过。它的 SHA-256 是 ${digest}`;
}
