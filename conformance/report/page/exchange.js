// Exchanges of one check, unpacked and drawn when the check is opened for the first time.
const exchangesAtOnce = 100;

const evidences = new WeakMap();

// evidenceOf promises the exchanges of a check and the places of its findings.
function evidenceOf(check) {
  if (!evidences.has(check)) {
    const place = check.querySelector(".exchanges");
    evidences.set(check, place ? unpack(JSON.parse(document.getElementById(place.dataset.evidence).textContent)) : Promise.resolve({exchanges: []}));
  }
  return evidences.get(check);
}

async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text());
}

// drawExchanges promises the place in which the exchanges of a check then are, or null.
function drawExchanges(check) {
  const place = check.querySelector(".exchanges");
  if (!place) return Promise.resolve(null);
  if (!place.drawing) {
    place.drawing = evidenceOf(check).then(data => fillExchanges(place, data)).catch(e => {
      place.replaceChildren(el("p", {class: "faint"}, "This browser could not unpack the exchanges (" + e.message + "); they are in result.json."));
    }).then(() => place);
  }
  return place.drawing;
}

function fillExchanges(place, data) {
  const findings = new Map();
  for (const f of (data.findings || []).map(wholeFinding)) {
    if (!findings.has(f.exchange)) findings.set(f.exchange, []);
    findings.get(f.exchange).push(f);
  }
  place.replaceChildren();
  place.wanted = id => {
    const at = data.exchanges.findIndex(x => x.id === id);
    while (at >= place.querySelectorAll(":scope > .exchange").length && at >= 0) draw();
    return [...place.querySelectorAll(":scope > .exchange")].find(e => e.dataset.id === id);
  };
  let next = 0;
  function draw() {
    place.querySelector(":scope > .more-button")?.remove();
    for (const x of data.exchanges.slice(next, next + exchangesAtOnce)) place.append(drawExchange(x, findings.get(x.id) || []));
    next += exchangesAtOnce;
    const left = data.exchanges.length - next;
    if (left > 0) place.append(more(`Show ${Math.min(left, exchangesAtOnce)} of ${left.toLocaleString("en")} more exchanges`, draw));
  }
  draw();
  // One exchange, or the first that something is wrong with, needs no click.
  const first = data.exchanges.find(x => (findings.get(x.id) || []).some(f => f.severity === "violation"));
  const opened = data.exchanges.length === 1 ? data.exchanges[0] : first;
  if (opened) place.wanted(opened.id).open = true;
}

function drawExchange(x, findings) {
  const status = x.response.status || 0;
  const outcome = status ? String(status) : "no response";
  const wrong = findings.filter(f => f.severity !== "note").length;
  const summary = el("summary", {},
    el("span", {class: "x-id"}, visible(x.id)),
    el("span", {class: "x-line"}, el("b", {}, visible(x.request.method)), " ", el("span", {class: "x-url"}, visible(shortURL(x.request.url)))),
    wrong ? el("span", {class: "chip warn"}, `${wrong} ${wrong === 1 ? "finding" : "findings"}`) : null,
    el("span", {class: "x-status" + (status >= 400 || !status ? " high" : "")}, outcome),
    el("span", {class: "x-took"}, x.took));
  const e = el("details", {class: "exchange", "data-id": x.id}, summary);
  e.addEventListener("toggle", () => { if (e.open && !e.dataset.drawn) { e.dataset.drawn = "1"; fillExchange(e, x, findings); } });
  return e;
}

function shortURL(url) {
  const m = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(url);
  return m && m[1] ? m[1] : url;
}

function fillExchange(e, x, findings) {
  const about = direction => findings.filter(f => f.direction === direction);
  const facts = [x.operation, x.began].filter(Boolean).map(visible).join(" · ");
  const buttons = el("div", {class: "buttons"});
  if (x.curl) {
    const b = el("button", {type: "button", class: "copy copy-curl"}, "Copy curl");
    b.addEventListener("click", () => copy(x.curl));
    buttons.append(b);
  }
  const box = el("div", {class: "x-body"}, el("div", {class: "x-facts"}, el("span", {class: "faint"}, facts), buttons));
  if (x.failure) box.append(el("p", {class: "reason"}, el("b", {}, "no response"), " ", visible(x.failure)));
  if (x.curl) box.append(el("details", {class: "more"}, el("summary", {}, "curl command"), el("pre", {class: "curl"}, visible(x.curl))));
  const sides = el("div", {class: "sides"});
  sides.append(side("Request", visible(x.request.method + " " + x.request.url), x.request, about("request")));
  if (x.response.status) sides.append(side("Response", "status " + x.response.status, x.response, about("response")));
  box.append(sides);
  e.append(box);
}

// side is one message: its first line, headers, body, and what is wrong with each.
function side(title, line, message, findings) {
  const part = f => f.pointer.startsWith("header:") ? "header" : f.pointer === "" || f.pointer.startsWith("/") ? "body" : "line";
  const s = el("div", {class: "side"}, el("h4", {}, title), el("div", {class: "first-line"}, line));
  const ofLine = findings.filter(f => part(f) === "line");
  if (ofLine.length) s.querySelector(".first-line").className += " " + hitClass(ofLine);
  for (const f of ofLine) s.append(drawNote(f));
  const ofHeader = findings.filter(f => part(f) === "header");
  const names = Object.keys(message.header || {}).sort();
  if (names.length || ofHeader.length) s.append(drawHeaders(names, message.header || {}, ofHeader));
  const ofBody = findings.filter(f => part(f) === "body");
  if (message.body) {
    const b = el("button", {type: "button", class: "copy"}, "Copy body");
    b.addEventListener("click", () => copy(message.body));
    s.append(el("div", {class: "body-head"}, el("span", {class: "label"}, "Body"), b), drawBody(message.body, ofBody));
  } else {
    s.append(el("p", {class: "empty"}, "No body."));
    for (const f of ofBody) s.append(drawNote(f));
  }
  return s;
}

function drawHeaders(names, header, findings) {
  const d = el("details", {class: "more", open: findings.length ? "" : null},
    el("summary", {}, `${names.length} ${names.length === 1 ? "header" : "headers"}`));
  const table = el("table", {class: "headers"});
  for (const name of names) {
    const wrong = findings.filter(f => f.pointer.slice(7).toLowerCase() === name.toLowerCase());
    table.append(el("tr", {class: wrong.length ? hitClass(wrong) : null}, el("th", {scope: "row"}, visible(name)), el("td", {}, (header[name] || []).map(visible).join(", "))));
  }
  d.append(table);
  for (const f of findings) d.append(drawNote(f));
  return d;
}
