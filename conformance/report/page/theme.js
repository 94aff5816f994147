// The chosen theme, before the first paint. "" follows the system.
"use strict";
(function () {
  var chosen = "";
  try { chosen = localStorage.getItem("ecsconform-theme") || ""; } catch (e) { /* storage may be forbidden for files */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("js");
})();
