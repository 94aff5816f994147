// Opens what a link leads into, and filters the entries by words. The page is whole without it.
"use strict";
(function () {
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (target) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  var input = document.getElementById("filter"), hits = document.getElementById("hits");
  var items = null, timer = 0;
  input.hidden = false;
  input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(filter, 150); });

  function filter() {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    items = items || [].map.call(document.querySelectorAll("main .item"), function (e) { return { e: e, text: (e.id + " " + e.textContent).toLowerCase() }; });
    items.forEach(function (i) {
      var fits = words.every(function (w) { return i.text.indexOf(w) >= 0; });
      // A row stays while the table around it is there for another reason than itself.
      i.e.hidden = !fits && !(i.e.tagName === "TR" && i.e.closest("details"));
      if (fits && !(i.e.tagName === "TR" && i.e.closest("details"))) shown++;
    });
    [].forEach.call(document.querySelectorAll("main section"), function (s) {
      s.hidden = words.length > 0 && !s.querySelector(".item:not([hidden])");
    });
    hits.textContent = words.length ? shown + (shown === 1 ? " entry" : " entries") : "";
  }
})();
