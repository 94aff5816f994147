"use strict";
// Texts of an endpoint are only ever set as text, never as markup. What would act
// instead of being seen (controls, marks that reorder a line) is spelled out.
const hiddenRunes = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/g;
function visible(s) {
  return s.replace(hiddenRunes, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

// el makes an element; attributes of null are left out, children are texts or nodes.
function el(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (v !== null && v !== undefined) e.setAttribute(k, v);
  }
  e.append(...children.filter(c => c !== null && c !== undefined && c !== ""));
  return e;
}

function say(text) {
  const said = document.getElementById("ec-said");
  said.textContent = text;
  said.classList.add("on");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove("on"), 2000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied");
    return;
  } catch (e) { /* not allowed here: the old way */ }
  const area = el("textarea", {class: "sr"});
  area.value = text;
  document.body.append(area);
  area.select();
  const ok = document.execCommand("copy");
  area.remove();
  say(ok ? "Copied" : "The browser does not allow copying; select the text instead");
}
